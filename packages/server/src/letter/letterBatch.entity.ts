import { registerEnumType } from 'type-graphql'
import { Choice, Derived, Id, Instant, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'

export enum PaperFormat {
  PDF = 'PDF',
  DOCX = 'DOCX',
}
registerEnumType(PaperFormat, { name: 'PaperFormat', description: '文件格式', valuesConfig: worded({ PDF: 'PDF', DOCX: 'Word' }) })

export enum BatchState {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  CANCELLED = 'CANCELLED',
  FAILED = 'FAILED',
}
registerEnumType(BatchState, {
  name: 'BatchState',
  description: '批量打印进度',
  valuesConfig: worded({ QUEUED: '排队中', RUNNING: '正在生成', DONE: '已生成', CANCELLED: '已取消', FAILED: '没有生成' }),
})

/** 批量打印: many letters as one file, made in the background; only who asked for it sees it, and it goes after a day. */
@Thing('批量打印', { table: 'letter_batch', scope: 'closed' })
export class LetterBatch extends Recorded {
  @Choice('文件格式', PaperFormat, { filter: false }) format!: PaperFormat
  @Choice('进度', BatchState) state: BatchState = BatchState.QUEUED
  @Whole('共几份', { filter: false }) total!: number
  @Whole('已生成几份', { filter: false }) done: number = 0
  @Id('申请人') owner!: string
  /** The ids of the letters, in the order of printing. */
  @Text('文书', { shown: false }) letters!: string
  @Instant('最近进展时间', { nullable: true, filter: false }) movedAt?: string
  @Derived('下载地址', () => String, ['id', 'state', 'format'], (row) => (row['state'] === BatchState.DONE ? `/letters/batches/${String(row['id'])}` : null), {
    nullable: true,
  })
  url?: string
}
