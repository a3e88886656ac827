import { Field, ID, Int, ObjectType } from 'type-graphql'
import { DayScalar } from '../shared/scalars.js'
import { DossierDocument } from './document.entity.js'
import { DossierPart, GapKind, RequirementKind } from './terms.js'

/** A paper that has run out or soon will. */
@ObjectType({ description: '即将到期或已过期的一项', simpleResolvers: true })
export class ExpiringItem {
  @Field(() => ID, { description: '记录编号' }) record!: string
  @Field(() => ID, { description: '企业标识' }) enterprise!: string
  @Field(() => String, { description: '企业' }) enterpriseName!: string
  @Field(() => DossierPart, { description: '部分' }) part!: DossierPart
  @Field(() => String, { description: '名称' }) name!: string
  @Field(() => DayScalar, { description: '有效期至' }) expiresOn!: string
  @Field(() => Int, { description: '还有几天；负数为已过期' }) daysLeft!: number
}

@ObjectType({ description: '一项要求在这家企业的情况', simpleResolvers: true })
export class RequirementStanding {
  @Field(() => ID) id!: string
  @Field(() => String, { description: '要求代码' }) code!: string
  @Field(() => String, { description: '名称' }) title!: string
  @Field(() => String, { description: '要求' }) demand!: string
  @Field(() => RequirementKind, { description: '形式' }) kind!: RequirementKind
  @Field(() => String, { nullable: true, description: '记录来源' }) source!: string | null
  @Field(() => String, { nullable: true, description: 'GB/T 33000 要素' }) element!: string | null
  @Field(() => Boolean, { description: '必须写明有效期至' }) needsValidUntil!: boolean
  @Field(() => Int, { nullable: true, description: '有效月数' }) validMonths!: number | null
  @Field(() => GapKind, { nullable: true, description: '不满足的原因；空为满足' }) gap!: GapKind | null
  @Field(() => String, { nullable: true, description: '不满足的原因，一句话' }) words!: string | null
  @Field(() => Int, { nullable: true, description: '记录条数' }) records!: number | null
  @Field(() => [DossierDocument], { description: '各版资料，最新的在前' }) documents!: DossierDocument[]
}

@ObjectType({ description: '档案的一个部分', simpleResolvers: true })
export class PartView {
  @Field(() => DossierPart, { description: '部分' }) part!: DossierPart
  @Field(() => Int, { description: '要求数' }) demanded!: number
  @Field(() => Int, { description: '已满足' }) met!: number
  @Field(() => Int, { nullable: true, description: '完整度（%），没有要求则为空' }) percent!: number | null
  @Field(() => Boolean, { description: '齐全' }) complete!: boolean
  @Field(() => [RequirementStanding], { description: '各项要求' }) requirements!: RequirementStanding[]
}

@ObjectType({ description: '一家企业的档案：十一个部分、每一项缺什么', simpleResolvers: true })
export class DossierView {
  @Field(() => ID, { description: '企业标识' }) enterprise!: string
  @Field(() => DayScalar, { nullable: true, description: '建档日期' }) startedOn!: string | null
  @Field(() => Int, { nullable: true, description: '完整度（%）' }) percent!: number | null
  @Field(() => Boolean, { description: '十一部分齐全' }) complete!: boolean
  @Field(() => Int, { description: '齐全的部分数' }) partsComplete!: number
  @Field(() => Int, { description: '要求数' }) demanded!: number
  @Field(() => Int, { description: '已满足' }) met!: number
  @Field(() => [PartView], { description: '十一个部分' }) parts!: PartView[]
  @Field(() => [ExpiringItem], { description: '已过期和快到期的' }) expiring!: ExpiringItem[]
}

@ObjectType({ description: '档案待办：多少项', simpleResolvers: true })
export class DossierTodo {
  @Field(() => Int, { description: '等我审核的资料' }) toReview!: number
  @Field(() => Int, { description: '被退回、还没有重新提交的资料' }) returned!: number
  @Field(() => Int, { description: '已过期' }) expired!: number
  @Field(() => Int, { description: '最近一档内到期（默认 7 天）' }) last!: number
  @Field(() => Int, { description: '中间一档内到期（默认 30 天）' }) near!: number
  @Field(() => Int, { description: '最远一档内到期（默认 60 天）' }) far!: number
  @Field(() => [Int], { description: '三档的天数，从远到近' }) steps!: number[]
  @Field(() => Int, { description: '未读的到期提醒' }) unread!: number
}

@ObjectType({ description: '一企一档的规则参数', simpleResolvers: true })
export class DossierRule {
  @Field(() => String) key!: string
  @Field(() => String, { description: '名称' }) label!: string
  @Field(() => String, { description: '单位' }) unit!: string
  @Field(() => Int, { description: '当前值' }) value!: number
  @Field(() => Int, { description: '出厂值' }) standard!: number
  @Field(() => Int) low!: number
  @Field(() => Int) high!: number
  @Field(() => Int, { description: '版本；从未改过为 0' }) version!: number
}
