import type { SqlEntityManager } from '@mikro-orm/sql'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import { CheckFrequency } from '../checklist/terms.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post } from '../enterprise/workshop.entity.js'
import { HazardFactor, HazardSeverity } from '../hazard/terms.js'
import { CheckTask } from '../inspection/checkTask.entity.js'
import { TaskOutcome } from '../inspection/terms.js'
import { linkedId } from '../shared/datum.js'
import { type Day, dayOf } from '../shared/days.js'
import { DayScalar } from '../shared/scalars.js'
import type { PostCard } from './postCard.entity.js'

/** What a card shows: types of its own, so that nothing can be walked from here into the graph. */
@ObjectType({ description: '岗位卡片上的一项', simpleResolvers: true })
export class CardItem {
  @Field(() => ID) id!: string
  @Field(() => Int) seq!: number
  @Field(() => String, { nullable: true, description: '分组' }) section!: string | null
  @Field(() => String, { description: '检查内容' }) content!: string
  @Field(() => String, { nullable: true, description: '合格标准' }) requirement!: string | null
  @Field(() => String, { nullable: true, description: '检查方法' }) method!: string | null
  @Field(() => HazardFactor, { nullable: true }) factor!: HazardFactor | null
  @Field(() => HazardSeverity) severity!: HazardSeverity
  @Field(() => Boolean, { description: '关键项' }) critical!: boolean
}
@ObjectType({ description: '岗位卡片上到期的检查', simpleResolvers: true })
export class CardTask {
  @Field(() => ID) id!: string
  @Field(() => DayScalar, { description: '截止日期' }) dueOn!: Day
  @Field(() => Int, { nullable: true, description: '班次' }) shift!: number | null
}
@ObjectType({ description: '岗位卡片上的清单', simpleResolvers: true })
export class CardList {
  @Field(() => ID) id!: string
  @Field(() => String) title!: string
  @Field(() => String, { description: '检查责任' }) responsible!: string
  @Field(() => CheckFrequency) frequency!: CheckFrequency
  @Field(() => String, { nullable: true, description: '整改要求' }) demand!: string | null
  @Field(() => [CardItem]) items!: CardItem[]
  @Field(() => [CardTask], { description: '今天要做、还没有做的' }) tasks!: CardTask[]
}
@ObjectType({ description: '岗位卡片', simpleResolvers: true })
export class CardPaper {
  @Field(() => String, { description: '企业' }) enterpriseName!: string
  @Field(() => String, { description: '车间（部门）' }) workshop!: string
  @Field(() => String, { description: '岗位（班组）' }) post!: string
  @Field(() => ID, { description: '企业标识' }) enterprise!: string
  @Field(() => String, { description: '检查人' }) worker!: string
  @Field(() => Boolean, { description: '凭岗位口令打开' }) byPin!: boolean
  @Field(() => [CardList]) lists!: CardList[]
}

/** The card with its lists as they are in force today, in the reader's scope. */
export async function paperOf(em: SqlEntityManager, card: PostCard, who: { worker: string; byPin: boolean }, now: Date): Promise<CardPaper> {
  const today = dayOf(now)
  const post = linkedId(card.post)!
  const [firm, place, lists] = await Promise.all([
    em.findOneOrFail(Enterprise, { id: linkedId(card.enterprise)! }, { filters: false }),
    em.findOneOrFail(Post, { id: post }),
    em.find(Checklist, { post, startsOn: { $lte: today }, $or: [{ endedOn: null }, { endedOn: { $gt: today } }] }, { orderBy: { title: 'asc' } }),
  ])
  const of = { checklist: { $in: lists.map(({ id }) => id) } }
  const [items, tasks] = await Promise.all([
    em.find(ChecklistItem, { ...of, droppedOn: null }, { orderBy: { seq: 'asc' } }),
    em.find(CheckTask, { ...of, outcome: TaskOutcome.OPEN, opensOn: { $lte: today }, dueOn: { $gte: today } }, { orderBy: { dueOn: 'asc', slot: 'asc' } }),
  ])
  const own = <T extends { checklist: unknown }>(rows: T[], list: Checklist) => rows.filter((row) => linkedId(row.checklist) === list.id)
  return {
    ...{ enterpriseName: firm.name, enterprise: firm.id, workshop: card.workshop, post: place.name, ...who },
    lists: lists.map((list) => ({
      ...{ id: list.id, title: list.title, responsible: list.responsible, frequency: list.frequency, demand: list.demand ?? null },
      items: own(items, list).map(itemOf),
      tasks: own(tasks, list).map(({ id, dueOn, shift }) => ({ id, dueOn, shift: shift ?? null })),
    })),
  }
}

const itemOf = ({ id, seq, section, content, requirement, method, factor, severity, critical }: ChecklistItem): CardItem => ({
  ...{ id, seq, content, severity, critical },
  ...{ section: section ?? null, requirement: requirement ?? null, method: method ?? null, factor: factor ?? null },
})
