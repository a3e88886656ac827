import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Field, FieldResolver, Info, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import type { Subscribing } from '../shared/deliver.js'
import { cursorNow, follow, headOf } from '../shared/follow.js'
import { rowOf } from '../shared/read/one.js'
import type { PlainRow } from '../shared/read/reader.js'
import { InstantScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { Hazard } from './hazard.entity.js'
import { HazardStage } from './terms.js'

@ObjectType({ description: '一次隐患变更', simpleResolvers: true })
class HazardChange {
  @Field(() => String, { description: '变更序号' }) seq!: string
  @Field(() => String, { description: '续订的位置：断线后放进 after' }) cursor!: string
  @Field(() => Boolean, { description: '续订的位置已失效：请重新读取，再从这里的 cursor 继续' }) reset!: boolean
  @Field(() => InstantScalar, { nullable: true }) at?: string
  @Field(() => String, { nullable: true, description: '办理动作，如 hazardClose' }) act?: string
  @Field(() => HazardStage, { nullable: true, description: '变更前的状态；状态没有变则为空' }) stageBefore?: HazardStage | null
  @Field(() => HazardStage, { nullable: true, description: '变更后的状态；状态没有变则为空' }) stageAfter?: HazardStage | null
  record?: string
}

async function* changes(context: SignedIn & Subscribing, after: string | undefined): AsyncGenerator<HazardChange> {
  for await (const row of follow(context.reader, { after, thing: 'Hazard', scope: context.actor.scope, signal: context.signal })) {
    if ('reset' in row) yield { seq: String(row.seq), cursor: row.cursor, reset: true }
    else {
      const [stageBefore, stageAfter] = (row.diff['stage'] ?? []) as (HazardStage | null)[]
      yield {
        seq: String(row.seq),
        cursor: row.cursor,
        reset: false,
        at: row.at,
        act: row.act,
        record: row.record,
        stageBefore: stageBefore ?? null,
        stageAfter: stageAfter ?? null,
      }
    }
  }
}

/** 隐患变更: the log of hazards, to whom it concerns; resumed from a cursor it repeats nothing and misses nothing. */
@Resolver(() => HazardChange)
export class HazardChangesResolver {
  @Subscription(() => HazardChange, {
    description:
      '我的辖区内的隐患变更；断线后带上收到的最后一个 cursor 续订，不漏不重。变更记录永久保存，多久以后都能续订；位置不在这份记录里（如恢复了备份）则先给一条 reset',
    subscribe: ({ args, context }: { args: { after?: string | null }; context: Subscribing }) =>
      changes(signedIn(context) as SignedIn & Subscribing, args.after ?? undefined),
  })
  hazardChanges(
    @Root() change: HazardChange,
    @Arg('after', () => String, { nullable: true, description: '从哪个 cursor（或 seq）之后开始；不填则从现在开始' }) _after?: string,
  ): HazardChange {
    return change
  }

  @Query(() => String, { description: '变更记录现在到哪里：先取它，再读数据，再从它订阅，就一条也不会漏；恢复了备份也会知道' })
  changeCursor(@Ctx() context: Context): Promise<string> {
    return cursorNow(signedIn(context).reader)
  }

  @Query(() => String, { description: '变更记录现在到哪个序号；订阅请用 changeCursor' })
  async changeSeq(@Ctx() context: Context): Promise<string> {
    return String(await headOf(signedIn(context).reader))
  }

  @FieldResolver(() => Hazard, { nullable: true, description: '隐患现在的样子；已不在我的辖区则为空' })
  hazard(@Root() { record }: HazardChange, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<PlainRow | null> | null {
    return record ? rowOf(Hazard, signedIn(context), info, record) : null
  }
}
