import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { Attachment } from '../attachment/attachment.entity.js'
import { Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { loadHazard } from '../hazard/load.js'
import { raise, type Raised } from '../hazard/raise.js'
import { HazardCategory, HazardFactor, HazardSeverity, HazardSource } from '../hazard/terms.js'
import { type Act, act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { addDays, dayOf } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { PublicContact } from './publicContact.entity.js'
import { PublicReport } from './publicReport.entity.js'
import { OFFICES } from './rights.js'
import { publicRules } from './rules.js'
import { publicSecret, unseal } from './seal.js'
import { PublicAct } from './terms.js'

@InputType({ description: '核实后登记的隐患：用办理人自己的话，不写举报人' })
class PublicHazardInput {
  @Field(() => ID, { description: '企业' }) enterprise!: string
  @Field(() => String, { description: '隐患描述' }) description!: string
  @Field(() => String, { description: '隐患部位' }) place!: string
  @Field(() => HazardFactor) factor!: HazardFactor
  @Field(() => HazardSeverity) severity!: HazardSeverity
  @Field(() => HazardCategory, { nullable: true }) category?: HazardCategory | null
  @Field(() => String, { nullable: true, description: '整改要求' }) demand?: string | null
  @Field(() => String, { nullable: true, description: '临时防范措施（重大隐患必填）' }) interimMeasure?: string | null
  @Field(() => [ID], { nullable: true, description: '带到隐患里的举报照片；不选就不带' }) photos?: string[] | null
}

@ObjectType({ description: '举报人联系方式；每次查看都有记录', simpleResolvers: true })
class Informant {
  @Field(() => String, { description: '称呼' }) name!: string
  @Field(() => String, { description: '电话' }) phone!: string
}

const VERSION = { description: '您看到的版本；别人改过就会被拒绝' }

/** 处理群众举报: taken up, given to a station, made a hazard or refused, each by whom it concerns. */
@Resolver(() => PublicReport)
export class TriageResolver {
  @Query(() => PublicReport, { description: '一条群众举报' })
  async publicReport(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<PublicReport> {
    return load(signedIn(context, ...OFFICES).em, id)
  }

  @Mutation(() => PublicReport, { description: '受理核实' })
  publicReportTake(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int, VERSION) version: number): Promise<PublicReport> {
    return onReport(context, 'publicReportTake', { id, version }, (report, ctx) => report.take(ctx.actor, ctx.now))
  }

  @Mutation(() => PublicReport, { description: '转站所核实；期限重新起算' })
  publicReportAsk(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('station', () => String, { description: '站所代码' }) code: string,
    @Arg('question', () => String, { nullable: true, description: '请站所核实什么' }) question?: string,
  ): Promise<PublicReport> {
    return onReport(context, 'publicReportAsk', { id, version }, async (report, ctx, { em }) => {
      const station = await em.findOne(Station, { code })
      if (!station || station.validTo) throw new Refusal('NOT_FOUND', notFound('站所').message, { field: 'station' })
      report.ask(ctx.actor, ctx.now, code, question, addDays(dayOf(ctx.now), (await publicRules(em)).triageDays))
    })
  }

  @Mutation(() => PublicReport, { description: '转为隐患，来源为群众举报；以后随隐患自动办结' })
  publicReportAccept(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('hazard', () => PublicHazardInput) input: PublicHazardInput,
  ): Promise<PublicReport> {
    return onReport(context, 'publicReportAccept', { id, version }, async (report, ctx, { em }) => {
      report.needMay(ctx.actor, PublicAct.ACCEPT)
      const firm = await em.findOne(Enterprise, { id: input.enterprise })
      if (!firm) throw new Refusal('NOT_FOUND', notFound('企业').message, { field: 'enterprise' })
      const { enterprise: _firm, photos, ...typed } = input
      const facts = { ...typed, source: HazardSource.REPORT } as Raised['facts']
      const hazard = await raise(em, ctx.actor, ctx.now, firm, { facts, seenAt: ctx.now, before: await chosen(em, report, photos ?? [], ctx) })
      report.enterprise = ref(firm)
      report.become(ctx.actor, ctx.now, ref(hazard), hazard.stage, false)
    })
  }

  @Mutation(() => PublicReport, { description: '并入已有的隐患' })
  publicReportLink(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('hazard', () => ID, { description: '已有的隐患' }) hazardId: string,
  ): Promise<PublicReport> {
    return onReport(context, 'publicReportLink', { id, version }, async (report, ctx, { em }) => {
      report.needMay(ctx.actor, PublicAct.LINK)
      const hazard = await loadHazard(em, hazardId)
      report.enterprise = hazard.enterprise
      report.become(ctx.actor, ctx.now, ref(hazard), hazard.stage, true)
    })
  }

  @Mutation(() => PublicReport, { description: '不予受理；理由举报人看得到' })
  publicReportRefuse(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('answer', () => String, { description: '给群众的答复' }) answer: string,
  ): Promise<PublicReport> {
    return onReport(context, 'publicReportRefuse', { id, version }, (report, ctx) => report.refuse(ctx.actor, ctx.now, answer))
  }

  @Mutation(() => Informant, { description: '查看举报人联系方式：镇安办，或受托核实的站所；谁在何时为何看过会留下记录' })
  publicReportContact(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String, { description: '为什么要看' }) reason: string,
  ): Promise<Informant> {
    const ctx = signedIn(context, 'TOWN_OFFICE', 'STATION')
    if (reason.trim().length < 4) throw new Refusal('MISSING', '请写明为什么要看举报人联系方式', { field: 'reason' })
    const work = async (doing: Act) => {
      const report = await load(doing.em, id)
      report.needMay(ctx.actor, PublicAct.CONTACT)
      const contact = await doing.em.findOne(PublicContact, { report: id })
      if (!contact) throw notFound('联系方式')
      const { division, station = null } = report
      doing.log([{ thing: 'PublicReport', record: id, act: 'publicReportContact', diff: {}, division, station, enterprise: null, workshop: null }])
      return unseal(await publicSecret(doing.em), contact.sealed)
    }
    return act(ctx, 'publicReportContact', work, reason.trim())
  }
}

async function load(em: SqlEntityManager, id: string): Promise<PublicReport> {
  const report = await em.findOne(PublicReport, { id })
  if (!report) throw notFound('群众举报')
  return report
}

function onReport(
  context: Context,
  name: string,
  on: { id: string; version: number },
  work: (report: PublicReport, ctx: SignedIn, doing: Act) => void | Promise<void>,
): Promise<PublicReport> {
  const ctx = signedIn(context, ...OFFICES)
  return act(ctx, name, async (doing) => {
    const report = await load(doing.em, on.id)
    if (report.version !== on.version) throw conflict()
    await work(report, ctx, doing)
    return report
  })
}

/** Those of the report's photos that go with the hazard; the enterprise sees them as the office's own. */
async function chosen(em: SqlEntityManager, report: PublicReport, ids: readonly string[], { actor }: SignedIn): Promise<Attachment[]> {
  if (!ids.length) return []
  const found = await em.find(Attachment, { id: { $in: [...ids] }, ofThing: 'PublicReport', ofRecord: report.id }, { filters: false, orderBy: { id: 'asc' } })
  if (found.length < new Set(ids).size) throw new Refusal('NOT_FOUND', notFound('照片').message, { field: 'photos' })
  return found.map(({ name, mime, bytes, width, height, sha256, print }) =>
    Object.assign(new Attachment(), {
      name,
      mime,
      bytes,
      sha256,
      uploadedBy: actor.id,
      ...(width && height ? { width, height } : {}),
      ...(print ? { print } : {}),
    }),
  )
}
