import { Property } from '@mikro-orm/decorators/legacy'
import { Choice, Day, Id, Instant, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { BoardLook, BoardScene } from './scenes.js'

const STATE = { nullable: true, filter: false, sort: false } as const

/** 看板链接: opens a board without sign-in, for one territory (and one trade); revocable, expires, never shows a name or phone. */
@Thing('看板链接', { table: 'board_link', scope: { division: 'division', station: 'station' } })
export class BoardLink extends Recorded {
  @Text('名称', { max: 60 }) name!: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Property({ type: 'string', length: 64, unique: true, hidden: true }) tokenHash!: string
  @Day('有效期至') expiresOn!: string
  @Id('创建人') createdBy!: string
  @Instant('撤销时间', { nullable: true }) revokedAt?: string
  @Text('画面（空格分开；不填则全部）', { max: 120, ...STATE }) scenes?: string
  @Choice('底色', BoardLook, STATE) look?: BoardLook
  /** Noted beside the log, every few minutes at most. */
  @Instant('最近在线', { nullable: true }) lastSeenAt?: string
  // Where the room has pointed its walls, and since when; a wall turns by itself again after a while.
  @Choice('指定画面', BoardScene, STATE) pointed?: BoardScene
  @Text('指定的村', { max: 12, ...STATE }) pointedPlace?: string
  @Id('指定的企业', STATE) pointedFirm?: string
  @Instant('指定时间', STATE) pointedAt?: string
  @Instant('回看时点', STATE) thenAt?: string
  @Instant('回放开始', STATE) replayAt?: string
  @Instant('会议开始', STATE) meetingAt?: string

  point(at: string, to: { scene?: BoardScene | undefined; place?: string | undefined; firm?: string | undefined }): void {
    this.take('pointed', to.scene)
    this.take('pointedPlace', to.place)
    this.take('pointedFirm', to.firm)
    this.pointedAt = at
  }

  /** 回看: a past instant, or now again. */
  turnBack(at: string, then: string | undefined, replay: boolean): void {
    this.take('thenAt', then)
    this.take('replayAt', replay ? at : undefined)
    this.pointedAt = at
  }

  meet(at: string | undefined): void {
    this.take('meetingAt', at)
  }

  private take<Key extends keyof this & string>(key: Key, value: this[Key] | undefined): void {
    if (value === undefined) delete this[key]
    else this[key] = value
  }
}
