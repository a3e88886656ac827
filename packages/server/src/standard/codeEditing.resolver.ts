import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { CodeItem, CodeItemFacts, CodeList, CodeListFacts } from './codeList.entity.js'

/** Code lists follow the standards: a new edition beside the old one, codes added, put right, retired. What used a code keeps it. */
@Resolver(() => CodeList)
export class CodeEditingResolver {
  @Mutation(() => CodeList, { description: '新增代码表的一个版本；copyOf 给出时，抄录那一版的代码' })
  codeListAdd(
    @Ctx() context: Context,
    @Arg('code', () => String) typed: string,
    @Arg('facts', () => CodeListFacts as never) facts: CodeListFacts,
    @Arg('copyOf', () => ID, { nullable: true }) copyOf: string | undefined,
  ): Promise<CodeList> {
    const ctx = entitled(context, Capability.REFERENCE)
    const code = needCode(typed, 'code')
    return act(ctx, 'codeListAdd', async ({ em }) => {
      const createdAt = instant(ctx.now)
      const list = Object.assign(new CodeList(), { code, unsure: false, createdAt })
      describeList(list, facts)
      if (await em.count(CodeList, { code, edition: list.edition })) throw new Refusal('CODE_TAKEN', '这个版本已经有了', { field: 'edition' })
      em.persist(list)
      for (const item of copyOf ? await em.find(CodeItem, { list: copyOf, active: true }) : []) {
        const { code, name, parent, mapsTo, note, seq } = item
        em.persist(Object.assign(new CodeItem(), { code, name, seq, active: true, list: ref(list), createdAt }, given({ parent, mapsTo, note })))
      }
      return list
    })
  }

  @Mutation(() => CodeList, { description: '修改代码表的名称、有效期和说明；checked 表示已与标准原文核对' })
  codeListEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => CodeListFacts as never) facts: CodeListFacts,
    @Arg('checked', () => Boolean, { nullable: true }) checked: boolean | undefined,
  ): Promise<CodeList> {
    const ctx = entitled(context, Capability.REFERENCE)
    return act(ctx, 'codeListEdit', async ({ em }) => {
      const list = await em.findOne(CodeList, { id })
      if (!list) throw notFound('代码表')
      if (list.version !== version) throw conflict()
      describeList(list, facts)
      if (await em.count(CodeList, { code: list.code, edition: list.edition, id: { $ne: id } }))
        throw new Refusal('CODE_TAKEN', '这个版本已经有了', { field: 'edition' })
      if (checked) list.unsure = false
      return list
    })
  }

  @Mutation(() => CodeItem, { description: '新增代码' })
  codeItemAdd(@Ctx() context: Context, @Arg('list', () => ID) id: string, @Arg('facts', () => CodeItemFacts as never) facts: CodeItemFacts): Promise<CodeItem> {
    const ctx = entitled(context, Capability.REFERENCE)
    return act(ctx, 'codeItemAdd', async ({ em }) => {
      const list = await em.findOne(CodeList, { id })
      if (!list) throw notFound('代码表')
      const last = await em.findOne(CodeItem, { list: id }, { orderBy: { seq: 'desc' } })
      const item = Object.assign(new CodeItem(), { list: ref(list), seq: (last?.seq ?? 0) + 1, active: true, createdAt: instant(ctx.now) })
      await describeItem(em, item, id, facts)
      em.persist(item)
      return item
    })
  }

  @Mutation(() => CodeItem, { description: '修改代码的名称、上级、对应和说明' })
  codeItemEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => CodeItemFacts as never) facts: CodeItemFacts,
  ): Promise<CodeItem> {
    return changeItem(entitled(context, Capability.REFERENCE), 'codeItemEdit', { id, version }, (item, em) => describeItem(em, item, item.list.id, facts))
  }

  @Mutation(() => CodeItem, { description: '停用或恢复代码；已用它的记录不变' })
  codeItemUse(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('active', () => Boolean) active: boolean,
  ): Promise<CodeItem> {
    return changeItem(
      entitled(context, Capability.REFERENCE),
      active ? 'codeItemReopen' : 'codeItemEnd',
      { id, version },
      (item) => void (item.active = active),
    )
  }
}

const changeItem = (
  ctx: SignedIn,
  name: string,
  { id, version }: { id: string; version: number },
  work: (item: CodeItem, em: SqlEntityManager) => Promise<void> | void,
): Promise<CodeItem> =>
  act(ctx, name, async ({ em }) => {
    const item = await em.findOne(CodeItem, { id })
    if (!item) throw notFound('代码')
    if (item.version !== version) throw conflict()
    await work(item, em)
    return item
  })

const given = (facts: Record<string, string | undefined>) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value))

function needCode(typed: string, field: string): string {
  const code = typed.trim().toUpperCase()
  if (!/^[A-Z0-9][A-Z0-9_.-]{0,39}$/.test(code)) throw new Refusal('CODE_FORM', '代码为 1 至 40 个大写字母、数字、点、短横或下划线', { field })
  return code
}

const need = (typed: string, label: string, field: string): string => {
  const said = typed.trim()
  if (!said) throw new Refusal('MISSING', `请填写${label}`, { field })
  return said
}

function describeList(list: CodeList, facts: CodeListFacts): void {
  list.name = need(facts.name, '名称', 'name')
  list.edition = need(facts.edition, '版本', 'edition')
  if (facts.validFrom && facts.validTo && facts.validTo < facts.validFrom) throw new Refusal('DAY_ORDER', '停用日期不能早于启用日期', { field: 'validTo' })
  for (const field of ['validFrom', 'validTo', 'source'] as const) {
    const said = facts[field]?.trim()
    if (said) list[field] = said
    else delete list[field]
  }
}

async function describeItem(em: SqlEntityManager, item: CodeItem, list: string, facts: CodeItemFacts): Promise<void> {
  item.code = needCode(facts.code, 'code')
  item.name = need(facts.name, '名称', 'name')
  if (await em.count(CodeItem, { list, code: item.code, id: { $ne: item.id } })) throw new Refusal('CODE_TAKEN', '这个代码已经有了', { field: 'code' })
  const parent = facts.parent?.trim().toUpperCase()
  if (parent && (parent === item.code || !(await em.count(CodeItem, { list, code: parent }))))
    throw new Refusal('CODE_PARENT', '上级代码应是本表中的另一个代码', { field: 'parent' })
  for (const [field, said] of Object.entries({ parent, mapsTo: facts.mapsTo?.trim(), note: facts.note?.trim() }) as [
    'parent' | 'mapsTo' | 'note',
    string | undefined,
  ][])
    if (said) item[field] = said
    else delete item[field]
}
