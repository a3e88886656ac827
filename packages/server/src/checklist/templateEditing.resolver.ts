import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { loadNorm, needKeeper } from '../standard/keeping.js'
import { type Norm, NormKind } from '../standard/norm.entity.js'
import { describeItem } from './describeItem.js'
import { retell } from './normWords.js'
import { itemsOf, keysOf } from './said.js'
import { Template, TemplateItem, TemplateItemFacts } from './template.entity.js'
import { CheckFrequency, ChecklistLevel } from './terms.js'

@InputType({ description: '检查清单模板' })
class TemplateInput {
  @Field(() => ChecklistLevel) level!: ChecklistLevel
  @Field(() => String) title!: string
  @Field(() => String, { nullable: true, description: '适用的车间或岗位，用顿号分开；不填适用于全部' }) appliesTo?: string
  @Field(() => String, { description: '检查责任' }) responsible!: string
  @Field(() => CheckFrequency) frequency!: CheckFrequency
  @Field(() => String, { nullable: true, description: '整改要求' }) demand?: string
}

/** The sheets and items of a draft: once a version is published they stay as they are. */
@Resolver(() => Template)
export class TemplateEditingResolver {
  @Mutation(() => Template, { description: '在草稿中新增一张检查清单模板' })
  templateAdd(@Ctx() context: Context, @Arg('norm', () => ID) id: string, @Arg('facts', () => TemplateInput) facts: TemplateInput): Promise<Template> {
    return onDraft(context, 'templateAdd', id, async (norm, em, at) => {
      if (norm.kind !== NormKind.INSPECTION_CHECKLIST) throw new Refusal('NORM_KIND', '只有“安全生产检查清单”这一种规范有检查项')
      const template = Object.assign(new Template(), { norm: ref(norm), trade: norm.trade, createdAt: at })
      template.key = freeKey(facts.level, (await keysOf(em, norm.series)).sheets)
      describeTemplate(template, facts)
      em.persist(template)
      return template
    })
  }

  @Mutation(() => Template, { description: '修改草稿中的模板' })
  templateEdit(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('facts', () => TemplateInput) facts: TemplateInput): Promise<Template> {
    return onTemplate(context, 'templateEdit', id, (template) => {
      describeTemplate(template, facts)
      return Promise.resolve(template)
    })
  }

  @Mutation(() => TemplateItem, { description: '在草稿的模板中新增检查项，排在最后' })
  templateItemAdd(
    @Ctx() context: Context,
    @Arg('template', () => ID) id: string,
    @Arg('facts', () => TemplateItemFacts as never) facts: TemplateItemFacts,
  ): Promise<TemplateItem> {
    return onTemplate(context, 'templateItemAdd', id, async (template, em, at, norm) => {
      const last = Math.max(0, ...(await itemsOf(em, id)).map(({ seq }) => seq))
      const item = Object.assign(new TemplateItem(), { template: ref(template), seq: last + 1, createdAt: at })
      item.key = freeKey(template.key, (await keysOf(em, norm.series)).items)
      describeItem(item, facts)
      em.persist(item)
      return item
    })
  }

  @Mutation(() => TemplateItem, { description: '修改草稿中的检查项' })
  templateItemEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('facts', () => TemplateItemFacts as never) facts: TemplateItemFacts,
  ): Promise<TemplateItem> {
    return onItem(context, 'templateItemEdit', id, (item) => {
      describeItem(item, facts)
      return Promise.resolve(item)
    })
  }

  @Mutation(() => TemplateItem, { description: '移动草稿中的检查项：到本版的另一张模板，或第几项' })
  templateItemMove(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('template', () => ID, { nullable: true }) to: string | undefined,
    @Arg('seq', () => Int) seq: number,
  ): Promise<TemplateItem> {
    return onItem(context, 'templateItemMove', id, async (item, em) => {
      const target = await em.findOne(Template, { id: to ?? item.template.id, norm: (await item.template.loadOrFail()).norm.id })
      if (!target) throw notFound('模板')
      const others = (await itemsOf(em, target.id)).filter((one) => one.id !== id)
      item.template = ref(target)
      others.splice(Math.max(0, Math.min(others.length, seq - 1)), 0, item)
      others.forEach((one, i) => (one.seq = i + 1))
      return item
    })
  }

  @Mutation(() => Boolean, { description: '从草稿中删去检查项；已发布的版本里它仍在' })
  async templateItemRemove(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<boolean> {
    await onItem(context, 'templateItemRemove', id, (item, em) => {
      em.remove(item)
      return Promise.resolve(item)
    })
    return true
  }
}

export const freeKey = (prefix: string, taken: ReadonlySet<string>): string => {
  for (let n = 1; ; n++) if (!taken.has(`${prefix}-${String(n).padStart(2, '0')}`)) return `${prefix}-${String(n).padStart(2, '0')}`
}

function describeTemplate(template: Template, facts: TemplateInput): void {
  for (const [field, label] of [['title', '名称'] as const, ['responsible', '检查责任'] as const]) {
    const said = facts[field].trim()
    if (!said) throw new Refusal('MISSING', `请填写${label}`, { field })
    template[field] = said
  }
  template.level = facts.level
  template.frequency = facts.frequency
  for (const field of ['appliesTo', 'demand'] as const) {
    const said = facts[field]?.trim()
    if (said) template[field] = said
    else delete template[field]
  }
}

/** One act on a draft that the actor keeps; what the norm says is then found again. */
function onDraft<T>(context: Context, name: string, id: string, work: (norm: Norm, em: SqlEntityManager, at: string) => Promise<T>): Promise<T> {
  const ctx = entitled(context, Capability.NORM_PREPARE)
  return act(ctx, name, async ({ em }) => {
    const norm = await loadNorm(ctx, em, id)
    await needKeeper(em, ctx.actor, norm)
    norm.needDraft()
    const done = await work(norm, em, instant(ctx.now))
    await retell(em, norm)
    return done
  })
}

async function onTemplate<T>(
  context: Context,
  name: string,
  id: string,
  work: (template: Template, em: SqlEntityManager, at: string, norm: Norm) => Promise<T>,
): Promise<T> {
  const known = await entitled(context, Capability.NORM_PREPARE).em.findOne(Template, { id })
  if (!known) throw notFound('模板')
  return onDraft(context, name, known.norm.id, async (norm, em, at) => work(await em.findOneOrFail(Template, { id }), em, at, norm))
}

async function onItem<T>(context: Context, name: string, id: string, work: (item: TemplateItem, em: SqlEntityManager) => Promise<T>): Promise<T> {
  const known = await entitled(context, Capability.NORM_PREPARE).em.findOne(TemplateItem, { id })
  if (!known) throw notFound('检查项')
  return onTemplate(context, name, known.template.id, async (_template, em) => work(await em.findOneOrFail(TemplateItem, { id }), em))
}
