import type { Ref } from '@mikro-orm/core'
import { Unique } from '@mikro-orm/decorators/legacy'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Actor } from '../shared/context.js'
import { Choice, Id, Instant, Link, Text, Thing, Whole } from '../shared/datum.js'
import { instant } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { Letter } from './letter.entity.js'
import * as may from './rights.js'
import { CopyHolder, holderName } from './terms.js'

/** 文书的一份: where it goes, who took it in, when; the one on the notice board with a photo (domain.md §7.1). */
@Thing('文书份数', { table: 'letter_copy', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['letter', 'no'] })
export class LetterCopy extends Recorded {
  @Link('文书', () => Letter, { many: { name: 'copies', label: '各份' } }) letter!: Ref<Letter>
  @Whole('第几份') no!: number
  @Choice('去处', CopyHolder) holder!: CopyHolder
  @Link('企业', () => Enterprise, { many: { name: 'letterCopies', label: '文书份数' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Instant('回执时间', { nullable: true }) receivedAt?: string
  @Id('回执登记人', { nullable: true, filter: false }) receivedBy?: string
  @Text('回执人', { max: 40, nullable: true, personal: true }) receiverName?: string
  @Whole('照片张数', { filter: false }) photos: number = 0

  receive(by: Actor, at: Date, letter: Letter, photos: number): void {
    if (!may.receive(by, this.holder, letter)) throw forbidden(`“${holderName(this.holder)}”这一份不由您登记`)
    if (this.receivedAt) throw new Refusal('ALREADY', `第 ${this.no} 份（${holderName(this.holder)}）已经有回执`)
    if (this.holder === CopyHolder.BOARD && !photos) throw new Refusal('PHOTO_MISSING', '公示栏这一份须上传公示照片', { field: 'photos' })
    this.receivedAt = instant(at)
    this.receivedBy = by.id
    this.receiverName = by.name
    this.photos = photos
  }

  /** 撤回回执: entered by mistake; whoever told it is in the log, the photos stay with the copy. */
  withdraw(): void {
    if (!this.receivedAt) throw new Refusal('NOT_RECEIVED', `第 ${this.no} 份（${holderName(this.holder)}）还没有回执`)
    for (const key of ['receivedAt', 'receivedBy', 'receiverName'] as const) delete this[key]
    this.photos = 0
  }
}
