import { LRUCache } from 'lru-cache'
import { Field, ID, ObjectType } from 'type-graphql'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { SignedIn } from '../shared/context.js'
import { type Instant, instant } from '../shared/days.js'
import type { PlainRow } from '../shared/read/reader.js'
import { run } from '../shared/run.js'
import { InstantScalar } from '../shared/scalars.js'
import { beginningOf } from './history.js'
import { BoardLook, BoardScene, scenesOf } from './scenes.js'
import { isWall, roomPass } from './wallPass.js'

/** 墙面: which scenes a wall turns through and where its room has pointed it; nothing of the town. */
@ObjectType({ description: '看板的画面安排：轮换哪些画面，会场指定了哪一个', simpleResolvers: true })
export class BoardWall {
  @Field(() => String) name!: string
  @Field(() => InstantScalar, { description: '服务器时间' }) at!: Instant
  @Field(() => [BoardScene]) scenes!: BoardScene[]
  @Field(() => BoardLook) look!: BoardLook
  @Field(() => BoardScene, { nullable: true, description: '会场指定的画面；没有指定则轮换' }) pointed!: BoardScene | null
  @Field(() => String, { nullable: true, description: '指定的村（区划代码）' }) place!: string | null
  @Field(() => ID, { nullable: true, description: '指定的企业：显示它的平面图' }) firm!: string | null
  @Field(() => InstantScalar, { nullable: true, description: '何时指定' }) pointedAt!: Instant | null
  @Field(() => InstantScalar, { nullable: true, description: '回看的时点；看现在则为空' }) thenAt!: Instant | null
  @Field(() => InstantScalar, { nullable: true, description: '何时开始回放' }) replayAt!: Instant | null
  @Field(() => InstantScalar, { nullable: true, description: '本次会议何时开始' }) meetingAt!: Instant | null
  @Field(() => InstantScalar, { description: '最早可以回看到' }) since!: Instant
  @Field(() => String, { nullable: true, description: '会场口令：显示成二维码，会场的手机扫码后可以指定画面；只给墙面' }) room!: string | null
}

const text = (row: PlainRow, name: string) => (row[name] as string | null) ?? null

/** A wall of a link as its room has set it; without a link every scene, and nobody points. */
export async function wallOf({ reader, actor, now }: SignedIn): Promise<BoardWall> {
  const since = await beginningOf(reader, now)
  const [row = {}] = actor.role === 'BOARD' ? await reader.all('select * from board_link where id = ?', [actor.id]) : []
  return {
    ...{ name: actor.role === 'BOARD' ? actor.name : '', at: instant(now), since, scenes: scenesOf(text(row, 'scenes')) },
    look: (text(row, 'look') as BoardLook | null) ?? BoardLook.DARK,
    ...{ pointed: text(row, 'pointed') as BoardScene | null, place: text(row, 'pointed_place'), firm: text(row, 'pointed_firm') },
    ...{ pointedAt: text(row, 'pointed_at'), thenAt: text(row, 'then_at'), replayAt: text(row, 'replay_at'), meetingAt: text(row, 'meeting_at') },
    room: isWall(actor) ? roomPass(actor.id, row['token_hash'] as string, now) : null,
  }
}

const NOTE_MS = 4 * 60_000
const noted = new LRUCache<string, number>({ max: 10_000 })

/** 最近在线: noted every few minutes, however many screens show the link; nobody waits for it and nothing fails with it. */
export function noteWall(em: SqlEntityManager, link: string, now: Date): void {
  if (Math.abs(now.getTime() - (noted.get(link) ?? 0)) < NOTE_MS) return
  noted.set(link, now.getTime())
  run(em, 'update board_link set last_seen_at = ? where id = ?', [instant(now), link]).catch(() => undefined)
}
