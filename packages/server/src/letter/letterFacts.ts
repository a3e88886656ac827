import { Field, InputType, Int } from 'type-graphql'
import { DayScalar } from '../shared/scalars.js'

@InputType({ description: '执法人员' })
export class OfficerInput {
  @Field(() => String, { description: '姓名' }) name!: string
  @Field(() => String, { description: '执法证号' }) certificate!: string
}

/** What the issuer fills in; everything else comes from the enterprise and the hazard. */
@InputType({ description: '签发文书时填写的内容' })
export class LetterFacts {
  @Field(() => DayScalar, { nullable: true, description: '要求完成日期；不填则留空手填' }) dueOn?: string | null
  @Field(() => String, { nullable: true, description: '企业选定的评定标准；不填则留空' }) standard?: string | null
  @Field(() => Int, { nullable: true, description: '年度；不填为今年' }) year?: number
  @Field(() => [OfficerInput], { nullable: true, description: '执法人员，指令书须两人' }) officers?: OfficerInput[]
  @Field(() => String, { nullable: true, description: '行政复议机关，指令书须填' }) government?: string
  @Field(() => String, { nullable: true, description: '人民法院，指令书须填' }) court?: string
}
