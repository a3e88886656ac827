import { Field, ID, Int, ObjectType } from 'type-graphql'
import { PageInfo } from '../shared/read/pageInfo.js'
import { InstantScalar } from '../shared/scalars.js'

@ObjectType({ description: '改动的一项', simpleResolvers: true })
export class ChangeEntry {
  @Field(() => String) field!: string
  @Field(() => String, { description: '名称' }) label!: string
  @Field(() => String, { description: '类型：text day instant whole flag choice link；choice 的值是代码' }) kind!: string
  @Field(() => String, { nullable: true, description: '改前；个人信息只显示 •' }) before!: string | null
  @Field(() => String, { nullable: true, description: '改后' }) after!: string | null
}

@ObjectType({ description: '一条变更记录', simpleResolvers: true })
export class ChangeRecord {
  @Field(() => String, { description: '序号，全库连续' }) seq!: string
  @Field(() => InstantScalar) at!: string
  @Field(() => ID, { description: '账号标识，或自动任务的名字' }) actor!: string
  @Field(() => String, { description: '办理人现在的姓名' }) actorName!: string
  @Field(() => String, { description: '动作，如 hazardClose' }) act!: string
  @Field(() => String, { nullable: true, description: '原因' }) reason!: string | null
  @Field(() => String, { description: '哪一类记录' }) thing!: string
  @Field(() => String) thingLabel!: string
  @Field(() => ID, { description: '哪一条记录' }) record!: string
  @Field(() => [ChangeEntry]) entries!: ChangeEntry[]
}

@ObjectType({ simpleResolvers: true })
class ChangeEdge {
  @Field(() => String) cursor!: string
  @Field(() => ChangeRecord) node!: ChangeRecord
}

@ObjectType({ simpleResolvers: true })
export class ChangeConnection {
  @Field(() => [ChangeEdge]) edges!: ChangeEdge[]
  @Field(() => [ChangeRecord]) nodes!: ChangeRecord[]
  @Field(() => PageInfo) pageInfo!: PageInfo
  @Field(() => Int, { description: '总数（要了才数）' }) totalCount!: number | undefined
}
