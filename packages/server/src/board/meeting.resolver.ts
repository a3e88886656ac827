import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Context } from '../shared/context.js'
import { type Day, dayOf, type Instant, instant } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { scopeSql } from '../shared/read/reading.js'
import { sql } from '../shared/read/sql.js'
import { InstantScalar } from '../shared/scalars.js'
import type { Scope } from '../shared/scope.js'
import { signedIn } from '../shared/signedIn.js'
import { boardsOf } from './boards.js'
import { closureOf } from './compose.js'
import { LOOKERS } from './lookers.js'
import { closed, first } from './named.js'
import { groupDigits, readNames } from './names.js'
import { BoardClosure } from './snapshot.js'

@ObjectType({ description: '本次会议开始以来', simpleResolvers: true })
class BoardMeeting {
  @Field(() => InstantScalar) since!: Instant
  @Field(() => Int, { description: '会上销号' }) closed!: number
  @Field(() => Int, { description: '会上新登记' }) registered!: number
  @Field(() => [BoardClosure], { description: '会上销号的隐患，新的在前，最多十二条' }) closures!: BoardClosure[]
}

/** 本次会议: what was closed since the chair marked its start. */
@Resolver()
export class BoardMeetingResolver {
  @Query(() => BoardMeeting, { description: '会议开始以来的销号' })
  boardMeeting(@Ctx() context: Context, @Arg('since', () => InstantScalar) since: Instant): Promise<BoardMeeting> {
    const { actor, reader, now } = signedIn(context, ...LOOKERS)
    const from = since < instant(now) ? since : instant(now)
    // Of one meeting every wall and every screen asks, after each closure.
    return boardsOf(reader)
      .of(actor.scope)
      .shared(`meeting ${from}`, () => meetingSince(reader, actor.scope, from, dayOf(now)))
  }
}

async function meetingSince(reader: Reader, scope: Scope, since: Instant, today: Day): Promise<BoardMeeting> {
  // By the instants, of which a meeting has few; not by the territory, which has all.
  const within = scopeSql(Hazard, 't', scope, reader.engine === 'sqlite')
  const { sql: text, params } = sql`select sum(case when t.stage = 'CLOSED' and t.closed_at >= ${since} then 1 else 0 end) as closed,
      sum(case when t.registered_at >= ${since} and t.stage not in ('DRAFT', 'VOID') then 1 else 0 end) as registered
      from hazard t where (t.closed_at >= ${since} or t.registered_at >= ${since}) and (${within})`
  const [row] = await reader.all(text, params)
  const names = await readNames(reader, scope, today, await groupDigits(reader, scope.division))
  return {
    since,
    ...{ closed: Number(row?.['closed'] ?? 0), registered: Number(row?.['registered'] ?? 0) },
    closures: (await first(reader, closed(since), within)).map((row) => closureOf(row, names)),
  }
}
