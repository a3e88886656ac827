import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { FiveSDimension, FiveSItem, FiveSStandard, FiveSStandardFacts } from './fiveSStandard.entity.js'
import { FiveSStage } from './terms.js'

@InputType({ description: '5S要素及其检查项' })
export class FiveSDimensionInput {
  @Field(() => String) name!: string
  @Field(() => Int) points!: number
  @Field(() => [String]) items!: string[]
}

const who = (context: Context) => signedIn(context, ...READERS)
export const FIVE_S_STANDARDS: ListField = {
  ...{ name: 'fiveSStandards', target: FiveSStandard, description: '5S标准的各版', who },
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
}
export const FIVE_S_DIMENSIONS: ListField = { name: 'fiveSDimensions', target: FiveSDimension, description: '5S要素', who, fallback: [{ field: 'rank' }] }
export const FIVE_S_ITEMS: ListField = { name: 'fiveSItems', target: FiveSItem, description: '5S检查项', who, fallback: [{ field: 'rank' }] }

/** The standard is data: drafted, published (the one before is superseded), and from then on frozen. */
@Resolver()
export class FiveSStandardResolver {
  @Mutation(() => FiveSStandard, { description: '起草5S标准（新版）' })
  fiveSStandardDraft(
    @Ctx() context: Context,
    @Arg('facts', () => FiveSStandardFacts as never) facts: FiveSStandardFacts,
    @Arg('dimensions', () => [FiveSDimensionInput]) dimensions: FiveSDimensionInput[],
  ): Promise<FiveSStandard> {
    const ctx = entitled(context, Capability.REFERENCE)
    return act(ctx, 'fiveSStandardDraft', async ({ em }) => {
      const standard = Object.assign(new FiveSStandard(), { createdAt: instant(ctx.now) })
      describe(standard, facts)
      em.persist(standard)
      addDimensions(em, standard, dimensions)
      return standard
    })
  }

  @Mutation(() => FiveSStandard, { description: '修改5S标准草稿' })
  fiveSStandardEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => FiveSStandardFacts as never) facts: FiveSStandardFacts,
    @Arg('dimensions', () => [FiveSDimensionInput]) dimensions: FiveSDimensionInput[],
  ): Promise<FiveSStandard> {
    return onDraft(context, 'fiveSStandardEdit', id, version, async (standard, em) => {
      describe(standard, facts)
      for (const thing of [FiveSItem, FiveSDimension]) for (const row of await em.find(thing as typeof FiveSItem, { standard: id })) em.remove(row)
      await em.flush()
      addDimensions(em, standard, dimensions)
    })
  }

  @Mutation(() => FiveSStandard, { description: '发布5S标准：此后冻结，原先在用的一版被取代；已做的审核不变' })
  fiveSStandardPublish(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<FiveSStandard> {
    return onDraft(context, 'fiveSStandardPublish', id, version, async (standard, em, today) => {
      for (const former of await em.find(FiveSStandard, { stage: FiveSStage.PUBLISHED }))
        Object.assign(former, { stage: FiveSStage.SUPERSEDED, supersededOn: today })
      Object.assign(standard, { stage: FiveSStage.PUBLISHED, publishedOn: today })
    })
  }
}

function onDraft(
  context: Context,
  name: string,
  id: string,
  version: number,
  work: (standard: FiveSStandard, em: SqlEntityManager, today: string) => Promise<void>,
): Promise<FiveSStandard> {
  const ctx = entitled(context, Capability.REFERENCE)
  return act(ctx, name, async ({ em }) => {
    const standard = await em.findOne(FiveSStandard, { id })
    if (!standard) throw notFound('5S标准')
    if (standard.version !== version) throw conflict()
    if (standard.stage !== FiveSStage.DRAFT) throw new Refusal('FROZEN', '已发布的标准不能再改，请另起草一版')
    await work(standard, em, dayOf(ctx.now))
    return standard
  })
}

function describe(standard: FiveSStandard, { name, edition, itemMost, photoBelow, gradeA, gradeB, pass }: FiveSStandardFacts): void {
  if (!name.trim()) throw new Refusal('MISSING', '请填写标准名称', { field: 'name' })
  if (!edition.trim()) throw new Refusal('MISSING', '请填写版次', { field: 'edition' })
  if (itemMost < 1 || itemMost > 10) throw new Refusal('FIVE_S_BOUNDS', '每项最高分为 1 至 10 分', { field: 'itemMost' })
  if (photoBelow < 0 || photoBelow > itemMost) throw new Refusal('FIVE_S_BOUNDS', '须有照片的分数不能高于每项最高分', { field: 'photoBelow' })
  if (!(pass > 0 && pass <= gradeB && gradeB <= gradeA && gradeA <= 100))
    throw new Refusal('FIVE_S_BOUNDS', '等级线应满足 0 < 合格 ≤ 良 ≤ 优 ≤ 100', { field: 'pass' })
  Object.assign(standard, { name: name.trim(), edition: edition.trim(), itemMost, photoBelow, gradeA, gradeB, pass })
}

const MOST_DIMENSIONS = 8
const MOST_ITEMS = 20

/** Also used to load the standard that the software ships with. */
export function addDimensions(em: Pick<SqlEntityManager, 'persist'>, standard: FiveSStandard, dimensions: readonly FiveSDimensionInput[]): void {
  const refuse = (why: string) => new Refusal('FIVE_S_DIMENSIONS', why, { field: 'dimensions' })
  if (!dimensions.length || dimensions.length > MOST_DIMENSIONS) throw refuse(`要素应为 1 至 ${MOST_DIMENSIONS} 个`)
  const names = dimensions.map(({ name }) => name.trim())
  if (new Set(names).size < names.length || names.some((name) => !name)) throw refuse('要素名称不能为空或重复')
  dimensions.forEach(({ points, items }, rank) => {
    const texts = items.map((text) => text.trim()).filter(Boolean)
    if (points < 1 || points > 100) throw refuse(`“${names[rank]!}”的分值应为 1 至 100`)
    if (!texts.length || texts.length > MOST_ITEMS) throw refuse(`“${names[rank]!}”的检查项应为 1 至 ${MOST_ITEMS} 条`)
    const { createdAt } = standard
    const dimension = Object.assign(new FiveSDimension(), { standard: ref(standard), rank, name: names[rank]!, points, createdAt })
    em.persist(dimension)
    texts.forEach((text, i) => em.persist(Object.assign(new FiveSItem(), { standard: ref(standard), dimension: ref(dimension), rank: i, text, createdAt })))
  })
}
