import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { type Day, dayOf, instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { divisionRange, inDivision } from '../shared/scope.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Division } from './division.entity.js'
import { placed } from './places.js'
import type { ListField } from '../shared/read/listField.js'
import { sql } from '../shared/read/sql.js'

export const DIVISIONS: ListField = {
  name: 'divisionsConnection',
  target: Division,
  description: '行政区划：筛选、统计（清单用 divisions）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'code' }],
  also: ({ actor }) => {
    const [low, high] = divisionRange(actor.scope.division)
    return sql`t.code >= ${low} and t.code < ${high}`
  },
}

/** 行政区划, kept by the town office for its town and by the admin for all. */
@Resolver(() => Division)
export class DivisionResolver {
  @Query(() => [Division], { description: '我辖区内的区划，连同上级；ended 连同已停用的' })
  divisions(@Ctx() context: Context, @Arg('ended', () => Boolean, { defaultValue: false }) ended: boolean): Promise<Division[]> {
    const { em, actor } = signedIn(context)
    const { division } = actor.scope
    const [low, high] = divisionRange(division)
    const above = Array.from({ length: division.length }, (_, i) => division.slice(0, i))
    return em.find(
      Division,
      { $or: [{ code: { $gte: low, $lt: high } }, { code: { $in: above } }], ...(ended ? {} : { validTo: null }) },
      { orderBy: { code: 'asc' } },
    )
  }

  @Mutation(() => Division, { description: '新增区划（村等）' })
  divisionCreate(
    @Ctx() context: Context,
    @Arg('code', () => String) typed: string,
    @Arg('name', () => String) name: string,
    @Arg('validFrom', () => DayScalar, { nullable: true }) validFrom: Day | undefined,
  ): Promise<Division> {
    const ctx = entitled(context, Capability.REFERENCE)
    const code = typed.trim()
    return act(ctx, 'divisionCreate', async ({ em }) => {
      needOwn(ctx, code)
      const { level, parent } = await placed(em, code)
      const division = Object.assign(new Division(), {
        code,
        name: named(name),
        level,
        createdAt: instant(ctx.now),
        validFrom: validFrom ?? dayOf(ctx.now),
        ...(parent ? { parent } : {}),
      })
      em.persist(division)
      return division
    })
  }

  @Mutation(() => Division, { description: '改区划名称' })
  divisionRename(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('name', () => String) name: string,
  ): Promise<Division> {
    return this.#change(context, 'divisionRename', { id, version }, (division) => {
      division.name = named(name)
      return Promise.resolve()
    })
  }

  @Mutation(() => Division, { description: '停用区划；须先把企业调整走' })
  divisionEnd(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('validTo', () => DayScalar) validTo: Day,
    @Arg('reason', () => String) reason: string,
  ): Promise<Division> {
    if (!reason.trim()) throw new Refusal('MISSING', '请写明停用原因', { field: 'reason' })
    return this.#change(context, 'divisionEnd', { id, version, reason: reason.trim() }, async (division, { em, now }) => {
      if (validTo > dayOf(now)) throw new Refusal('DAY_FUTURE', '停用日期不能晚于今天', { field: 'validTo' })
      if (division.validFrom && validTo < division.validFrom) throw new Refusal('DAY_ORDER', '停用日期不能早于启用日期', { field: 'validTo' })
      const [low, high] = divisionRange(division.code)
      const standing = await em.count(Enterprise, { division: { $gte: low, $lt: high }, closedOn: null })
      if (standing) throw new Refusal('IN_USE', `“${division.name}”还有 ${standing} 家在营企业，请先调整它们的所属村`)
      if (await em.count(Division, { parent: division.code, validTo: null })) throw new Refusal('IN_USE', `请先停用“${division.name}”的下级区划`)
      division.validTo = validTo
    })
  }

  @Mutation(() => Division, { description: '恢复停用的区划' })
  divisionReopen(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Division> {
    return this.#change(context, 'divisionReopen', { id, version }, (division) => {
      delete division.validTo
      return Promise.resolve()
    })
  }

  #change(
    context: Context,
    name: string,
    on: { id: string; version: number; reason?: string },
    change: (division: Division, ctx: SignedIn) => Promise<void>,
  ): Promise<Division> {
    const ctx = entitled(context, Capability.REFERENCE)
    const work = async ({ em }: Pick<Context, 'em'>) => {
      const division = await em.findOne(Division, { id: on.id })
      if (!division || !inDivision(division.code, ctx.actor.scope.division)) throw notFound('区划')
      needOwn(ctx, division.code)
      if (division.version !== on.version) throw conflict()
      await change(division, { ...ctx, em })
      return division
    }
    return act(ctx, name, work, on.reason)
  }
}

/** A town office keeps what lies below its town, the town itself and its neighbours are the admin's. */
function needOwn({ actor }: SignedIn, code: string): void {
  const { division } = actor.scope
  if (!inDivision(code, division)) throw new Refusal('DIVISION_FOREIGN', '只能维护本镇的区划', { field: 'code' })
  if (actor.role !== 'ADMIN' && code === division) throw new Refusal('DIVISION_FOREIGN', '本镇自身的名称和停用由管理员维护')
}

function named(typed: string): string {
  const name = typed.trim()
  if (name.length < 2 || name.length > 40) throw new Refusal('NAME_MISSING', '名称为 2 至 40 个字', { field: 'name' })
  return name
}
