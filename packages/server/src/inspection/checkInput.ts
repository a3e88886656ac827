import { Field, ID, InputType } from 'type-graphql'
import { HazardFactor, HazardSeverity } from '../hazard/terms.js'
import { DayScalar, InstantScalar } from '../shared/scalars.js'
import { CheckKind, ItemOutcome } from './terms.js'

@InputType({ description: '一项的检查结果' })
export class CheckResultInput {
  @Field(() => ID, { nullable: true, description: '检查项；没有则为现场发现的一项' }) item?: string | null
  @Field(() => String, { nullable: true, description: '检查内容（没有检查项时）' }) content?: string | null
  @Field(() => ItemOutcome) outcome!: ItemOutcome
  @Field(() => String, { nullable: true, description: '说明；不适用须写原因' }) note?: string | null
  @Field(() => String, { nullable: true, description: '部位' }) place?: string | null
  @Field(() => HazardFactor, { nullable: true }) factor?: HazardFactor | null
  @Field(() => HazardSeverity, { nullable: true }) severity?: HazardSeverity | null
  @Field(() => [ID], { nullable: true, description: '照片（整改前）' }) photos?: string[] | null
  @Field(() => [ID], { nullable: true, description: '当场整改后的照片' }) photosAfter?: string[] | null
  @Field(() => Boolean, { nullable: true, description: '不符合项随检查一并登记为隐患' }) hazard?: boolean | null
  @Field(() => String, { nullable: true, description: '临时防范措施（重大隐患必填）' }) interimMeasure?: string | null
}

@InputType({ description: '屏幕上的签字' })
export class SignatureInput {
  @Field(() => String, { description: '姓名' }) name!: string
  @Field(() => ID, { description: '签名图片（先上传）' }) picture!: string
  @Field(() => InstantScalar, { nullable: true, description: '签字时间' }) at?: string | null
}

@InputType({ description: '执法人员' })
export class OfficerInput {
  @Field(() => String, { description: '姓名' }) name!: string
  @Field(() => String, { description: '执法证号' }) certificate!: string
}

/** What a card's PIN may send: a self-check of a list of its post. */
@InputType({ description: '岗位检查' })
export class CardCheckInput {
  @Field(() => ID, { description: '设备为这份草稿生成的唯一标识（UUID）；重复发送只记一次' }) key!: string
  @Field(() => ID, { description: '检查清单' }) checklist!: string
  @Field(() => ID, { nullable: true, description: '检查任务' }) task?: string | null
  @Field(() => InstantScalar) startedAt!: string
  @Field(() => InstantScalar) doneAt!: string
  @Field(() => [CheckResultInput]) results!: CheckResultInput[]
  @Field(() => String, { nullable: true, description: '检查情况' }) remark?: string | null
  @Field(() => SignatureInput, { nullable: true, description: '检查人签字' }) checker?: SignatureInput | null
}

@InputType({ description: '检查记录' })
export class CheckInput {
  @Field(() => ID, { description: '设备为这份草稿生成的唯一标识（UUID）；重复发送只记一次' }) key!: string
  @Field(() => CheckKind) kind!: CheckKind
  @Field(() => ID, { description: '企业' }) enterprise!: string
  @Field(() => ID, { nullable: true, description: '检查清单' }) checklist?: string | null
  @Field(() => ID, { nullable: true, description: '检查任务' }) task?: string | null
  @Field(() => ID, { nullable: true, description: '车间' }) unit?: string | null
  @Field(() => ID, { nullable: true, description: '岗位' }) post?: string | null
  @Field(() => String, { nullable: true, description: '检查内容（没有清单时）' }) title?: string | null
  @Field(() => DayScalar, { nullable: true, description: '计划日期' }) plannedOn?: string | null
  @Field(() => InstantScalar) startedAt!: string
  @Field(() => InstantScalar) doneAt!: string
  @Field(() => [CheckResultInput]) results!: CheckResultInput[]
  @Field(() => String, { nullable: true, description: '检查情况' }) remark?: string | null
  @Field(() => [OfficerInput], { nullable: true, description: '执法人员，执法检查不少于两人' }) officers?: OfficerInput[] | null
  @Field(() => SignatureInput, { nullable: true, description: '检查人签字' }) checker?: SignatureInput | null
  @Field(() => SignatureInput, { nullable: true, description: '受检单位签字' }) receiver?: SignatureInput | null
  @Field(() => String, { nullable: true, description: '受检单位拒绝签字的情况' }) refusedToSign?: string | null
}
