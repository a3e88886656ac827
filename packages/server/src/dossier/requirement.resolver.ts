import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { FACT_NAMES } from './judge.js'
import { DossierRequirement, RequirementFacts } from './requirement.entity.js'
import { SOURCES } from './sources.js'
import { RequirementKind } from './terms.js'

export const DOSSIER_REQUIREMENTS: ListField = {
  name: 'dossierRequirements',
  target: DossierRequirement,
  description: '一企一档各部分的要求，现行的与停用的各版',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'position' }, { field: 'code' }],
}

/** What each part must hold is data of the town office; a change begins a new edition and every dossier is judged anew in the same act. */
@Resolver(() => DossierRequirement)
export class RequirementResolver {
  @Mutation(() => DossierRequirement, { description: '新增一项档案要求' })
  dossierRequirementAdd(
    @Ctx() context: Context,
    @Arg('code', () => String) typed: string,
    @Arg('facts', () => RequirementFacts as never) facts: RequirementFacts,
  ): Promise<DossierRequirement> {
    const ctx = entitled(context, Capability.REFERENCE)
    const code = typed.trim().toUpperCase()
    if (!/^[A-Z][A-Z0-9_]{1,39}$/.test(code)) throw new Refusal('REQUIREMENT_CODE', '代码为 2 至 40 个大写字母、数字或下划线，以字母开头', { field: 'code' })
    return act(ctx, 'dossierRequirementAdd', async ({ em }) => {
      if (await em.count(DossierRequirement, { code })) throw new Refusal('REQUIREMENT_TAKEN', '这个代码已经有了', { field: 'code' })
      const made = Object.assign(new DossierRequirement(), { code, validFrom: dayOf(ctx.now), createdAt: instant(ctx.now) })
      describe(made, facts)
      em.persist(made)
      return made
    })
  }

  @Mutation(() => DossierRequirement, { description: '修订一项要求：旧版停用，新版施行，已提交的资料仍算数' })
  dossierRequirementRevise(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => RequirementFacts as never) facts: RequirementFacts,
    @Arg('reason', () => String) reason: string,
  ): Promise<DossierRequirement> {
    return change(context, 'dossierRequirementRevise', { id, version, reason }, (old, em, now) => {
      const next = Object.assign(new DossierRequirement(), {
        ...{ code: old.code, edition: old.edition + 1, validFrom: dayOf(now), createdAt: instant(now) },
      })
      describe(next, facts)
      if (next.kind !== old.kind) throw new Refusal('REQUIREMENT_KIND', '形式不能改，请停用后新增一项', { field: 'kind' })
      old.end(dayOf(now))
      em.persist(next)
      return next
    })
  }

  @Mutation(() => DossierRequirement, { description: '停用一项要求' })
  dossierRequirementEnd(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<DossierRequirement> {
    return change(context, 'dossierRequirementEnd', { id, version, reason }, (old, _em, now) => {
      old.end(dayOf(now))
      return old
    })
  }
}

function change(
  context: Context,
  name: string,
  on: { id: string; version: number; reason: string },
  work: (old: DossierRequirement, em: SqlEntityManager, now: Date) => DossierRequirement,
): Promise<DossierRequirement> {
  const ctx = entitled(context, Capability.REFERENCE)
  const reason = on.reason.trim()
  if (!reason) throw new Refusal('MISSING', '请写明原因', { field: 'reason' })
  const load = async ({ em }: { em: SqlEntityManager }) => {
    const old = await em.findOne(DossierRequirement, { id: on.id })
    if (!old) throw notFound('档案要求')
    if (old.version !== on.version) throw conflict()
    if (!old.active) throw new Refusal('ALREADY', '这一版要求已经停用')
    return work(old, em, ctx.now)
  }
  return act(ctx, name, load, reason)
}

const BLANKS = ['source', 'atLeast', 'withinMonths', 'validMonths', 'trades', 'scales', 'moreStaffThan', 'onlyWith', 'element'] as const

function describe(made: DossierRequirement, facts: RequirementFacts): void {
  const { part, kind, needsValidUntil, position } = facts
  Object.assign(made, { part, kind, needsValidUntil, position })
  for (const [field, label] of [
    ['title', '名称'],
    ['demand', '说明'],
  ] as const) {
    const said = facts[field].trim()
    if (!said) throw new Refusal('MISSING', `请填写${label}`, { field })
    made[field] = said
  }
  for (const field of BLANKS) {
    const value = facts[field]
    const kept = typeof value === 'string' ? value.trim() : value
    if (kept != null && kept !== '') Object.assign(made, { [field]: kept })
  }
  for (const field of ['atLeast', 'withinMonths', 'validMonths'] as const)
    if (made[field] != null && made[field] < 1) throw new Refusal('COUNT_NEGATIVE', '须为大于 0 的整数', { field })
  needKnown(made)
}

/** A source or a field that nobody knows would be a demand that nobody can meet. */
function needKnown({ kind, source, onlyWith }: DossierRequirement): void {
  const keys = SOURCES.map(({ key }) => key)
  const asked = (text: string | undefined, by: RegExp) => (text ?? '').split(by).flatMap((one) => one.trim() || [])
  if (kind === RequirementKind.RECORD && (!source || asked(source, /\|/).some((key) => !keys.includes(key))))
    throw new Refusal('REQUIREMENT_SOURCE', `记录来源可以是：${keys.join('、')}（几种之一用 | 分开）`, { field: 'source' })
  if (kind === RequirementKind.FACT && (!source || asked(source, /[|,，、]/).some((field) => !(field in FACT_NAMES))))
    throw new Refusal('REQUIREMENT_SOURCE', `企业字段可以是：${Object.keys(FACT_NAMES).join('、')}`, { field: 'source' })
  if (asked(onlyWith, /\|/).some((key) => !keys.includes(key)))
    throw new Refusal('REQUIREMENT_SOURCE', `记录来源可以是：${keys.join('、')}`, { field: 'onlyWith' })
}
