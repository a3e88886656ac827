import type { Ref } from '@mikro-orm/core'
import { registerEnumType } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import { Choice, Derived, Id, Link, Text, Thing, Whole } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'
import { worded } from '../shared/words.js'

export enum AttachmentPurpose {
  BEFORE = 'BEFORE',
  AFTER = 'AFTER',
  NOTICE = 'NOTICE',
  SIGNATURE = 'SIGNATURE',
  PLAN = 'PLAN',
  EVIDENCE = 'EVIDENCE',
  DOCUMENT = 'DOCUMENT',
  OTHER = 'OTHER',
}
registerEnumType(AttachmentPurpose, {
  name: 'AttachmentPurpose',
  description: '附件用途',
  valuesConfig: worded({
    BEFORE: '整改前',
    AFTER: '整改后',
    NOTICE: '文书',
    SIGNATURE: '签名',
    PLAN: '平面图',
    EVIDENCE: '佐证照片',
    DOCUMENT: '资料',
    OTHER: '其他',
  }),
})

/**
 * 附件: the bytes lie outside the database under their SHA-256. Until it is attached to a record only its uploader sees
 * it; from then on whoever may see the record.
 */
@Thing('附件', { table: 'attachment', scope: { division: 'division', station: 'station', enterprise: 'enterpriseId' } })
export class Attachment extends Recorded {
  @Link('隐患', () => Hazard, { nullable: true, shown: false }) hazard?: Ref<Hazard>
  /** What else it belongs to: the name of a thing (owners.ts) and the record's id. A hazard's has none of them. */
  @Text('所属对象', { max: 40, nullable: true }) ofThing?: string
  @Id('所属记录', { nullable: true, index: true }) ofRecord?: string
  @Choice('用途', AttachmentPurpose, { nullable: true }) purpose?: AttachmentPurpose
  @Whole('整改轮次') round: number = 0
  @Text('文件名', { max: 200, personal: true }) name!: string
  @Text('类型', { max: 80 }) mime!: string
  @Whole('字节数') bytes!: number
  @Whole('宽', { nullable: true }) width?: number
  @Whole('高', { nullable: true }) height?: number
  @Text('SHA-256', { max: 64, shown: false, index: true }) sha256!: string
  /** What the picture looks like, in 64 bits: of two that look alike few differ. */
  @Text('图像指纹', { max: 16, nullable: true, shown: false }) print?: string
  @Id('上传人') uploadedBy!: string
  @Derived('地址', () => String, ['id'], (row) => `/files/${String(row['id'])}`) url?: string
  @Derived('缩略图地址（照片才有）', () => String, ['id', 'mime'], (row) => (row['mime'] === 'image/jpeg' ? `/files/${String(row['id'])}/thumb` : null), {
    nullable: true,
  })
  thumb?: string
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true }) station?: string
  @Id('企业标识', { nullable: true, index: true }) enterpriseId?: string
}
