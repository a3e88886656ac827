import { Derived, Flag, Id, Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { maskMail } from './mailAddress.js'
import type { ReminderKind } from './reminder.entity.js'

/** 提醒设置: what one person does not want to be told, and whether the day's digest goes to him by mail. */
@Thing('提醒设置', { table: 'reminder_choice', scope: 'closed' })
export class ReminderChoice extends Recorded {
  @Id('账号', { unique: true, filter: false }) person!: string
  @Text('不再提醒的类型', { filter: false }) muted: string = ''
  @Flag('每日汇总发到邮箱', { filter: false, index: false }) mail: boolean = false
  @Text('邮箱（完整）', { max: 120, nullable: true, personal: true, shown: false }) address?: string
  @Derived('邮箱', () => String, ['address'], (row) => maskMail(row['address'] as string | null | undefined), { nullable: true }) addressMasked?: string

  mutes(kind: ReminderKind): boolean {
    return this.muted.split(' ').includes(kind)
  }

  mute(kind: ReminderKind, off: boolean): void {
    const kinds = this.muted.split(' ').filter((one) => one && one !== kind)
    this.muted = [...kinds, ...(off ? [kind] : [])].sort().join(' ')
  }
}
