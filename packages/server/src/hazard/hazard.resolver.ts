import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { notFound } from '../shared/refusal.js'
import { count } from '../shared/read/list.js'
import type { ListField } from '../shared/read/listField.js'
import { both, escapeLike, type Sql, TRUE } from '../shared/read/sql.js'
import { scopeSql } from '../shared/read/reading.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Extension } from './extension.entity.js'
import { ofHazardsSeen } from './ofHazardsSeen.js'
import { Hazard } from './hazard.entity.js'
import { HazardQueue, queueSql } from './queues.js'
import { hazardRules } from './rules.js'

@ObjectType({ description: '待办一项：多少条', simpleResolvers: true })
class TodoCount {
  @Field(() => HazardQueue) queue!: HazardQueue
  @Field(() => Int) count!: number
}

/** By number, description, place and the name of the enterprise, which must itself lie in the reader's scope. */
export function searchSql(text: string | null | undefined, { actor }: SignedIn): Sql {
  if (!text?.trim()) return TRUE
  const within = scopeSql(Enterprise, 'se', actor.scope)
  const like = `%${escapeLike(text.trim())}%`
  return {
    sql: `lower(t.number) like lower(?) escape '\\' or t.description like ? escape '\\' or t.place like ? escape '\\' or exists (select 1 from enterprise se where se.id = t.enterprise_id and se.name like ? escape '\\' and (${within.sql}))`,
    params: [like, like, like, like, ...within.params],
  }
}

export const HAZARDS: ListField<{ search?: string; queue?: HazardQueue }> = {
  name: 'hazards',
  target: Hazard,
  description: '隐患清单：筛选、排序、翻页、统计；queue 取我的待办',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'foundOn', dir: 'DESC' }],
  args: { search: ['String', '编号、描述、部位、企业名称'], queue: ['HazardQueue', '我的待办'] },
  also: async (ctx, { search, queue }) => both(queue ? queueSql(queue, ctx.actor, dayOf(ctx.now), await hazardRules(ctx.em)) : TRUE, searchSql(search, ctx)),
}

export const EXTENSIONS: ListField = {
  name: 'extensions',
  target: Extension,
  description: '延期申请',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  also: (ctx, _args, asOf) => ofHazardsSeen(ctx, asOf),
}

@Resolver(() => Hazard)
export class HazardResolver {
  @Query(() => Hazard, { description: '一条隐患' })
  async hazard(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Hazard> {
    const { em } = signedIn(context, ...READERS)
    const hazard = await em.findOne(Hazard, { id })
    if (!hazard) throw notFound('隐患')
    return hazard
  }

  @Query(() => [TodoCount], { description: '我的待办：等我办理的、逾期的、三天内到期的' })
  async todo(@Ctx() context: Context): Promise<TodoCount[]> {
    const ctx = signedIn(context, ...READERS)
    const rules = await hazardRules(ctx.em)
    const today = dayOf(ctx.now)
    return Promise.all(
      Object.values(HazardQueue).map(async (queue) => ({ queue, count: await count(Hazard, ctx, undefined, queueSql(queue, ctx.actor, today, rules)) })),
    )
  }

  @Query(() => [Extension], { description: '一条隐患的延期申请' })
  async hazardExtensions(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Extension[]> {
    const { em } = signedIn(context, ...READERS)
    if (!(await em.count(Hazard, { id }))) return []
    return em.find(Extension, { hazard: id }, { orderBy: { createdAt: 'asc' } })
  }
}
