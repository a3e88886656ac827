import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { restand } from './restand.js'
import { counter } from './rights.js'
import { tasksOfCount } from './signTasks.js'
import { SixHavesCheck, SixHavesCount } from './sixHaves.entity.js'
import { sixHavesResult } from './sixHavesScoring.js'
import { needOpen, needOwnWorkshop, needPast, unitOf } from './siteRow.js'
import { siteRules } from './siteRules.js'
import { SIX_HAVE_NAME, SixHave } from './terms.js'

@InputType({ description: '六有一项的清点' })
class SixHaveInput {
  @Field(() => SixHave) item!: SixHave
  @Field(() => Int, { description: '应有；没有要求填 0' }) required!: number
  @Field(() => Int, { description: '完好' }) intact!: number
  @Field(() => String, { nullable: true }) note?: string
}

const who = (context: Context) => signedIn(context, ...READERS)
export const SIX_HAVES_CHECKS: ListField = {
  ...{ name: 'sixHavesChecks', target: SixHavesCheck, description: '六有清点：六有率与达标', who },
  fallback: [{ field: 'countedOn', dir: 'DESC' }],
}
export const SIX_HAVES_COUNTS: ListField = {
  ...{ name: 'sixHavesCounts', target: SixHavesCount, description: '六有各项：应有、完好、缺损', who },
  fallback: [{ field: 'createdAt', dir: 'DESC' }, { field: 'item' }],
}

@Resolver()
export class SixHavesResolver {
  @Mutation(() => SixHavesCheck, { description: '清点六有；缺损的自动成为待补任务' })
  sixHavesCount(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('unit', () => ID, { nullable: true }) unit: string | undefined,
    @Arg('post', () => ID, { nullable: true }) post: string | undefined,
    @Arg('countedOn', () => DayScalar) countedOn: string,
    @Arg('counts', () => [SixHaveInput]) counts: SixHaveInput[],
    @Arg('remark', () => String, { nullable: true }) remark?: string,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
  ): Promise<SixHavesCheck> {
    const ctx = counter(context)
    const { actor, now } = ctx
    return act(ctx, 'sixHavesCount', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise, { unit, post })
      needOpen(firm, now)
      needOwnWorkshop(actor, place.workshop)
      needPast(countedOn, now, 'countedOn')
      needSoundCounts(counts)
      const rules = await siteRules(em)
      const { tenths, achieved, missing } = sixHavesResult(counts, rules.sixHavesLeast)
      const where = { enterprise, unit: place.unit?.id ?? null, post: place.post?.id ?? null }
      const newest = !(await em.count(SixHavesCheck, { ...where, countedOn: { $gt: countedOn } }))
      if (newest) await retire(em, where)
      const at = { ...place, current: newest, createdAt: instant(now) }
      const check = Object.assign(new SixHavesCheck(), at, {
        countedOn,
        countedBy: actor.id,
        countedByUnit: unitOf(actor),
        least: rules.sixHavesLeast,
        missing,
      })
      if (tenths !== null) Object.assign(check, { tenths, achieved })
      if (remark?.trim()) check.remark = remark.trim()
      em.persist(check)
      const rows = counts.map(({ item, required, intact, note }) => {
        const row = Object.assign(new SixHavesCount(), at, { check: ref(check), item, required, intact, missing: required - intact })
        if (note?.trim()) row.note = note.trim()
        return row
      })
      em.persist(rows)
      await attachTo(em, SixHavesCheck, check, photos ?? [], { purpose: AttachmentPurpose.OTHER, field: 'photos', only: 'photo' }, actor)
      if (newest) await tasksOfCount(em, ctx, check, rows, rules)
      await restand(em, actor, now, firm)
      return check
    })
  }
}

/** The count before stays in the ledger and leaves the figures. */
async function retire(em: SqlEntityManager, where: { enterprise: string; unit: string | null; post: string | null }): Promise<void> {
  for (const thing of [SixHavesCheck, SixHavesCount])
    for (const row of await em.find(thing as typeof SixHavesCheck, { ...where, current: true })) row.current = false
}

function needSoundCounts(counts: readonly SixHaveInput[]): void {
  if (!counts.length) throw new Refusal('MISSING', '请至少清点一项', { field: 'counts' })
  if (new Set(counts.map(({ item }) => item)).size < counts.length) throw new Refusal('ITEM_TWICE', '同一项目只能清点一次', { field: 'counts' })
  for (const { item, required, intact } of counts) {
    const name = SIX_HAVE_NAME[item]
    if (required < 0 || intact < 0) throw new Refusal('COUNT', `“${name}”的数量不能是负数`, { field: item })
    if (intact > required) throw new Refusal('COUNT', `“${name}”完好 ${intact}，不能多于应有 ${required}`, { field: item })
  }
}
