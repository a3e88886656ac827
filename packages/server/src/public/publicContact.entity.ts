import type { Ref } from '@mikro-orm/core'
import { Property } from '@mikro-orm/decorators/legacy'
import { Link, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { PublicReport } from './publicReport.entity.js'

/** 举报人联系方式: apart from the report, sealed, in no list and no relation; one act opens it, and the log says who and why. */
@Thing('举报人联系方式', { table: 'public_contact', scope: 'closed', shown: false })
export class PublicContact extends Recorded {
  @Link('群众举报', () => PublicReport, { shown: false }) report!: Ref<PublicReport>
  @Property({ type: 'text', hidden: true }) sealed!: string
}
