import { ref } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Query, Resolver } from 'type-graphql'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context, Role } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Assessment, AssessmentVeto } from './assessment.entity.js'
import { Carried, carryOver, pathOf } from './carry.js'
import { answerOf, itemOf, onAssessment } from './onAssessment.js'
import { AssessmentStandard, StandardVeto } from './standard.entity.js'
import { leftOf, tally } from './tally.js'

const WRITERS: readonly Role[] = ['ENTERPRISE', 'STATION']
const ID_ARG = () => ID

@InputType()
class AnswerInput {
  @Field(() => Boolean, { description: '不适用（缺项）' }) na!: boolean
  @Field(() => String, { nullable: true, description: '不适用的原因' }) naReason?: string | null
  @Field(() => String, { nullable: true, description: '自评描述' }) note?: string | null
}

/** 年度自评: begun, answered item by item, signed by the principal, reviewed by the station. */
@Resolver(() => Assessment)
export class AssessmentResolver {
  @Query(() => Assessment, { description: '一份自评' })
  async assessment(@Ctx() context: Context, @Arg('id', ID_ARG) id: string): Promise<Assessment> {
    const { em } = signedIn(context, ...READERS)
    const assessment = await em.findOne(Assessment, { id })
    if (!assessment) throw notFound('自评')
    return assessment
  }

  @Query(() => [Carried], { description: '换到另一版标准时，各条目怎么办' })
  async assessmentCarryPath(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('standard', ID_ARG, { nullable: true }) standard?: string | null,
  ): Promise<Carried[]> {
    const { em } = signedIn(context, ...READERS)
    const assessment = await em.findOne(Assessment, { id })
    if (!assessment) throw notFound('自评')
    return standard ? pathOf(em, assessment.standard.id, standard) : []
  }

  @Mutation(() => Assessment, { description: '开始年度自评，选定评定标准的版本' })
  assessmentBegin(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterprise: string,
    @Arg('year', () => Int) year: number,
    @Arg('standard', ID_ARG) standardId: string,
    @Arg('dueOn', () => DayScalar) dueOn: string,
  ): Promise<Assessment> {
    const ctx = signedIn(context, ...WRITERS)
    return act(ctx, 'assessmentBegin', async ({ em }) => {
      const { place } = await standing(em, enterprise)
      if (Math.abs(year - Number(dayOf(ctx.now).slice(0, 4))) > 1) throw new Refusal('YEAR', '年度只能是去年、今年或明年', { field: 'year' })
      const standard = await em.findOne(AssessmentStandard, { id: standardId, published: true })
      if (!standard) throw new Refusal('NOT_FOUND', notFound('评定标准').message, { field: 'standard' })
      if (await em.findOne(Assessment, { enterprise, year })) throw new Refusal('ASSESSMENT_THERE', `这家企业已有 ${year} 年度的自评`, { field: 'year' })
      const assessment = Object.assign(new Assessment(), place, { year, standard: ref(standard), dueOn, createdAt: instant(ctx.now) })
      em.persist(assessment)
      for (const { text } of await em.find(StandardVeto, { standard: standardId }, { orderBy: { seq: 'asc' } }))
        em.persist(Object.assign(new AssessmentVeto(), { assessment: ref(assessment), ...place, text, createdAt: instant(ctx.now) }))
      await tally(em, assessment)
      return assessment
    })
  }

  @Mutation(() => Assessment, { description: '评一条：符合（不扣分）或不适用；扣分另记' })
  assessmentAnswer(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('element', ID_ARG) elementId: string,
    @Arg('facts', () => AnswerInput) facts: AnswerInput,
  ): Promise<Assessment> {
    return onAssessment(context, 'assessmentAnswer', { id, version }, WRITERS, async (assessment, em, { now }) => {
      assessment.needOpen()
      const answer = await answerOf(em, assessment, await itemOf(em, assessment, elementId), instant(now))
      const naReason = facts.naReason?.trim()
      if (facts.na && !naReason) throw new Refusal('MISSING', '请写明不适用的原因', { field: 'naReason' })
      answer.na = facts.na
      answer.recheck = false
      if (facts.na) answer.naReason = naReason!
      else delete answer.naReason
      if (facts.note?.trim()) answer.note = facts.note.trim()
      else delete answer.note
      await tally(em, assessment)
    })
  }

  @Mutation(() => Assessment, { description: '填报上年度安全绩效（死亡、重伤人数）' })
  assessmentRecord(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('deaths', () => Int) deaths: number,
    @Arg('seriousInjuries', () => Int) seriousInjuries: number,
  ): Promise<Assessment> {
    return onAssessment(context, 'assessmentRecord', { id, version }, WRITERS, async (assessment, em) => {
      assessment.needOpen()
      if (deaths < 0 || seriousInjuries < 0) throw new Refusal('RECORD', '人数不能是负数', { field: deaths < 0 ? 'deaths' : 'seriousInjuries' })
      Object.assign(assessment, { deaths, seriousInjuries })
      await tally(em, assessment)
    })
  }

  @Mutation(() => Assessment, { description: '核对一条否决项' })
  assessmentVeto(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('veto', ID_ARG) veto: string,
    @Arg('hit', () => Boolean) hit: boolean,
  ): Promise<Assessment> {
    return onAssessment(context, 'assessmentVeto', { id, version }, WRITERS, async (assessment, em) => {
      assessment.needOpen()
      const check = await em.findOne(AssessmentVeto, { id: veto, assessment: id })
      if (!check) throw new Refusal('NOT_FOUND', notFound('否决项').message, { field: 'veto' })
      check.hit = hit
      await tally(em, assessment)
    })
  }

  @Mutation(() => Assessment, { description: '主要负责人签署自评报告；不符合项须已整改' })
  assessmentSign(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('signer', () => String) signer: string,
  ): Promise<Assessment> {
    return onAssessment(context, 'assessmentSign', { id, version }, WRITERS, async (assessment, em, { actor, now }) => {
      await tally(em, assessment)
      assessment.sign(actor, now, signer, await leftOf(em, assessment))
    })
  }

  @Mutation(() => Assessment, { description: '站所审查：认可，或写明意见要求修改' })
  assessmentReview(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('accepted', () => Boolean) accepted: boolean,
    @Arg('remark', () => String, { nullable: true }) remark?: string,
  ): Promise<Assessment> {
    return onAssessment(
      context,
      'assessmentReview',
      { id, version },
      ['STATION', 'TOWN_OFFICE'],
      (assessment, _em, { actor, now }) => assessment.review(actor, now, accepted, remark ?? ''),
      remark,
    )
  }

  @Mutation(() => Assessment, { description: '换到另一版标准：答案按对照表带过去，旧答案保留，可以换回来' })
  assessmentCarry(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('standard', ID_ARG) standardId: string,
  ): Promise<Assessment> {
    return onAssessment(context, 'assessmentCarry', { id, version }, WRITERS, async (assessment, em, { now }) => {
      assessment.needOpen()
      await carryOver(em, assessment, standardId, instant(now))
      await tally(em, assessment)
    })
  }
}
