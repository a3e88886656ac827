import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { FiveSAudit, FiveSDimensionScore, FiveSScore } from './fiveSAudit.entity.js'
import { FiveSDimension, FiveSItem, FiveSStandard } from './fiveSStandard.entity.js'
import { judgeSheet, type ScoreGiven } from './fiveSSheet.js'
import { restand } from './restand.js'
import { auditKindOf, auditor } from './rights.js'
import { needOpen, needOwnWorkshop, needPast, needSaid, numberOf, onRow, unitOf } from './siteRow.js'
import { periodOf, siteRules } from './siteRules.js'
import { AuditKind, FiveSStage } from './terms.js'

@InputType({ description: '一个检查项的得分' })
class FiveSScoreInput implements ScoreGiven {
  @Field(() => ID) item!: string
  @Field(() => Int, { nullable: true, description: '得分；不适用则空' }) score?: number
  @Field(() => String, { nullable: true, description: '问题描述' }) note?: string
  @Field(() => [ID], { nullable: true, description: '照片' }) photos?: string[]
}

const who = (context: Context) => signedIn(context, ...READERS)
export const FIVE_S_AUDITS: ListField = {
  ...{ name: 'fiveSAudits', target: FiveSAudit, description: '5S审核：筛选、分组、得分与达标率', who },
  fallback: [{ field: 'auditedOn', dir: 'DESC' }, { field: 'number' }],
}
export const FIVE_S_SCORES: ListField = {
  ...{ name: 'fiveSScores', target: FiveSScore, description: '5S检查项得分', who },
  fallback: [{ field: 'createdAt', dir: 'DESC' }, { field: 'rank' }],
}
export const FIVE_S_DIMENSION_SCORES: ListField = {
  ...{ name: 'fiveSDimensionScores', target: FiveSDimensionScore, description: '5S要素得分：哪一个S弱', who },
  fallback: [{ field: 'createdAt', dir: 'DESC' }, { field: 'rank' }],
}

/** 5S审核: handed in as a whole, judged by the standard in use, from then on unchanged. */
@Resolver()
export class FiveSAuditResolver {
  @Mutation(() => FiveSAudit, { description: '提交5S审核；低分项须有照片' })
  fiveSAuditSubmit(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('unit', () => ID, { nullable: true }) unit: string | undefined,
    @Arg('auditedOn', () => DayScalar) auditedOn: string,
    @Arg('scores', () => [FiveSScoreInput]) scores: FiveSScoreInput[],
    @Arg('remark', () => String, { nullable: true }) remark?: string,
    @Arg('standard', () => ID, { nullable: true, description: '填表时所用的标准；期间换了版就会被拒绝' }) standardId?: string,
    @Arg('draft', () => ID, { nullable: true, description: '草稿标识：同一份草稿送两次只算一次' }) draft?: string,
  ): Promise<FiveSAudit> {
    const ctx = auditor(context)
    const { actor, now } = ctx
    return act(ctx, 'fiveSAuditSubmit', async ({ em }) => {
      const sent = draft ? await em.findOne(FiveSAudit, { draft, auditor: actor.id }) : null
      if (sent) return sent
      const { firm, place } = await standing(em, enterprise, { unit })
      needOpen(firm, now)
      needOwnWorkshop(actor, place.workshop)
      needPast(auditedOn, now, 'auditedOn')
      const standard = await em.findOne(FiveSStandard, { stage: FiveSStage.PUBLISHED })
      if (!standard) throw new Refusal('NO_STANDARD', '还没有发布5S标准，请联系镇安办')
      if (standardId && standardId !== standard.id) throw new Refusal('STANDARD_CHANGED', '5S标准已换新版，请重新打开审核表', { field: 'standard' })
      const dimensions = await em.find(FiveSDimension, { standard: standard.id }, { orderBy: { rank: 'asc' } })
      const items = await em.find(FiveSItem, { standard: standard.id }, { orderBy: { rank: 'asc' } })
      const sheet = judgeSheet(standard, dimensions, items, scores)
      const kind = auditKindOf(actor)
      const rules = await siteRules(em)
      const months = kind === AuditKind.STATION ? rules.stationAuditMonths : rules.enterpriseAuditMonths
      const at = { ...place, createdAt: instant(now) }
      const audit = Object.assign(new FiveSAudit(), at, { kind, standard: ref(standard), auditedOn, period: periodOf(auditedOn, months) })
      Object.assign(audit, { auditor: actor.id, auditorName: actor.name, auditorUnit: unitOf(actor), badItems: sheet.bad })
      audit.number = await numberOf(em, '5S', auditedOn, firm.division)
      if (sheet.result.tenths !== null) Object.assign(audit, { tenths: sheet.result.tenths, grade: sheet.result.grade, passed: sheet.result.passed })
      if (remark?.trim()) audit.remark = remark.trim()
      if (draft) audit.draft = draft
      em.persist(audit)
      for (const [i, dimension] of dimensions.entries()) {
        const tenths = sheet.result.dimensions[i]
        em.persist(Object.assign(new FiveSDimensionScore(), at, { audit: ref(audit), dimension: ref(dimension), rank: i }, tenths == null ? {} : { tenths }))
      }
      for (const { item, dimension, score, bad, note, photos, rank } of sheet.lines) {
        const line = Object.assign(new FiveSScore(), at, { audit: ref(audit), dimension: ref(dimension), item: ref(item), rank, bad, photos: 0 })
        if (score !== null) line.score = score
        if (note) line.note = note
        const given = await attachTo(em, FiveSScore, line, photos, { purpose: AttachmentPurpose.OTHER, field: `item:${item.id}`, only: 'photo' }, actor)
        line.photos = given.length
        em.persist(line)
      }
      await restand(em, actor, now, firm)
      return audit
    })
  }

  @Mutation(() => FiveSAudit, { description: '作废5S审核；由审核的一方办理，写明原因' })
  fiveSAuditVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<FiveSAudit> {
    const ctx = auditor(context)
    const said = needSaid(reason, 'reason', '作废原因')
    const work = async (audit: FiveSAudit, em: SqlEntityManager) => {
      if (auditKindOf(ctx.actor) !== audit.kind) throw forbidden('只有审核的一方能作废这份审核')
      if (audit.voidedOn) throw new Refusal('ALREADY', '这份审核已经作废')
      Object.assign(audit, { voidedOn: dayOf(ctx.now), voidReason: said })
      for (const part of [FiveSScore, FiveSDimensionScore]) for (const row of await em.find(part as typeof FiveSScore, { audit: id })) row.voided = true
    }
    return onRow(ctx, 'fiveSAuditVoid', FiveSAudit, '5S审核', { id, version }, work, said)
  }
}
