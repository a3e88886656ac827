import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { DUTIES } from './duties.js'
import type { Context } from './shared/context.js'
import { READERS, signedIn } from './shared/signedIn.js'

@ObjectType({ description: '一类待办（隐患之外）', simpleResolvers: true })
class DutyCount {
  @Field(() => String, { description: '哪一类，也是界面文字的键' }) key!: string
  @Field(() => Int) count!: number
  @Field(() => String, { description: '到哪里办：本系统内的地址' }) to!: string
  @Field(() => Boolean, { description: '有逾期的' }) alarming!: boolean
}

@Resolver()
export class DutyResolver {
  @Query(() => [DutyCount], { description: '我的待办（隐患之外）：只列我的角色会办的' })
  async duties(@Ctx() context: Context): Promise<DutyCount[]> {
    const ctx = signedIn(context, ...READERS)
    const mine = DUTIES.filter(({ roles }) => roles.includes(ctx.actor.role))
    const counts: DutyCount[] = []
    for (const { key, to, alarming = false, count } of mine) counts.push({ key, to, alarming, count: await count(ctx) })
    return counts
  }
}
