import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { count } from '../shared/read/list.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { CheckTask } from './checkTask.entity.js'
import { CheckQueue, taskQueueSql } from './lists.js'

@ObjectType({ description: '检查待办一项：多少条', simpleResolvers: true })
class CheckTodo {
  @Field(() => CheckQueue) queue!: CheckQueue
  @Field(() => Int) count!: number
}

@Resolver()
export class CheckTodoResolver {
  @Query(() => [CheckTodo], { description: '检查待办：今天等我检查的、辖区内待检查的、漏检的' })
  async checkTodo(@Ctx() context: Context): Promise<CheckTodo[]> {
    const ctx = signedIn(context, ...READERS)
    const of = (queue: CheckQueue) => count(CheckTask, ctx, undefined, taskQueueSql(queue, ctx.actor, dayOf(ctx.now)))
    return Promise.all(Object.values(CheckQueue).map(async (queue) => ({ queue, count: await of(queue) })))
  }
}
