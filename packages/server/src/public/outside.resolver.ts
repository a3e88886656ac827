import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { validate as isUuid } from 'uuid'
import { Division, DivisionLevel, townOf } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Context } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { spend } from '../shared/rate.js'
import { Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { PublicReport } from './publicReport.entity.js'
import { publicRules } from './rules.js'
import { publicSecret, receiptHash } from './seal.js'
import { PublicStage } from './terms.js'
import { newTicket } from './ticket.js'

@ObjectType({ description: '可以选的村', simpleResolvers: true })
class PublicVillage {
  @Field(() => String) code!: string
  @Field(() => String) name!: string
  @Field(() => String, { description: '所在镇' }) town!: string
}
@ObjectType({ description: '举报页面：不用登录', simpleResolvers: true })
class PublicForm {
  @Field(() => String, { description: '本次打开的凭据' }) ticket!: string
  @Field(() => Int, { description: '提交前要算的位数' }) bits!: number
  @Field(() => Int, { description: '至少几秒后才能提交' }) seconds!: number
  @Field(() => Int, { description: '最多几张照片' }) photos!: number
  @Field(() => Int, { description: '每张照片最大 MB' }) photoMb!: number
  @Field(() => Int, { description: '联系方式在办结后几天删除' }) contactDays!: number
  @Field(() => [PublicVillage]) villages!: PublicVillage[]
  @Field(() => String, { nullable: true, description: '二维码所指的村' }) village!: string | null
  @Field(() => Boolean, { description: '二维码上的村已停用或不存在，须另选' }) stale!: boolean
  @Field(() => String, { nullable: true, description: '二维码所指企业的名称' }) enterpriseName!: string | null
}
@ObjectType({ description: '一条举报办到哪里了：只有这些', simpleResolvers: true })
class PublicStatus {
  @Field(() => PublicStage) stage!: PublicStage
  @Field(() => DayScalar, { description: '收到日期' }) receivedOn!: string
  @Field(() => DayScalar, { nullable: true, description: '办结日期' }) closedOn!: string | null
  @Field(() => String, { nullable: true, description: '答复' }) answer!: string | null
}

const PER_MINUTE = { form: 60, status: 20 }

/** What anybody may ask without signing in: the form, and how far his own report is. */
@Resolver()
export class OutsideResolver {
  @Query(() => PublicForm, { description: '举报页面要用的：村的名单、二维码所指的地方、提交凭据' })
  async publicForm(
    @Ctx() { em, now, address }: Context,
    @Arg('village', () => String, { nullable: true, description: '二维码里的村代码' }) code?: string,
    @Arg('enterprise', () => ID, { nullable: true, description: '二维码里的企业' }) enterprise?: string,
  ): Promise<PublicForm> {
    spend(`report form ${address}`, 1, PER_MINUTE.form)
    const today = dayOf(now)
    const rules = await publicRules(em)
    const all = await em.find(Division, { level: { $in: [DivisionLevel.TOWN, DivisionLevel.VILLAGE] } }, { orderBy: { code: 'asc' } })
    const towns = new Map(all.filter(({ level }) => level === DivisionLevel.TOWN).map((one) => [one.code, one.name]))
    const villages = all.filter(
      ({ level, validFrom, validTo }) => level === DivisionLevel.VILLAGE && !(validTo && validTo < today) && !(validFrom && validFrom > today),
    )
    const firm = enterprise && isUuid(enterprise) ? await em.findOne(Enterprise, { id: enterprise }, { filters: false }) : null
    const wanted = firm?.division ?? code
    const known = villages.some((one) => one.code === wanted)
    return {
      ...{
        ticket: newTicket(await publicSecret(em), now),
        bits: rules.puzzleBits,
        seconds: rules.fillSeconds,
        photos: rules.photos,
        photoMb: rules.photoMb,
        contactDays: rules.contactDays,
      },
      villages: villages.map((one) => ({ code: one.code, name: one.name, town: towns.get(townOf(one.code)) ?? '' })),
      ...{ village: known ? wanted! : null, stale: (!!code || !!enterprise) && !known, enterpriseName: firm?.name ?? null },
    }
  }

  @Query(() => PublicStatus, { description: '凭查询码看办理进度' })
  async publicStatus(@Ctx() { em, address }: Context, @Arg('receipt', () => String, { description: '查询码' }) receipt: string): Promise<PublicStatus> {
    spend(`report status ${address}`, 1, PER_MINUTE.status)
    const report = await em.findOne(PublicReport, { receiptHash: receiptHash(receipt) }, { filters: false })
    if (!report) throw new Refusal('RECEIPT_UNKNOWN', '没有这个查询码，请核对 16 位字母和数字', { field: 'receipt' })
    const { stage, receivedOn, closedAt, answer } = report
    return { stage, receivedOn, closedOn: closedAt ? dayOf(closedAt) : null, answer: answer ?? null }
  }
}
