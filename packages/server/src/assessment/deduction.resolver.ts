import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { reportHazard } from '../hazard/report.js'
import { HazardFacts } from '../hazard/hazardFacts.js'
import { act } from '../shared/act.js'
import type { Context, Role, SignedIn } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { signedIn } from '../shared/signedIn.js'
import { Assessment, AssessmentAnswer, Deduction } from './assessment.entity.js'
import { answerOf, itemOf, onAssessment } from './onAssessment.js'
import { tally } from './tally.js'

const WRITERS: readonly Role[] = ['ENTERPRISE', 'STATION']
const ID_ARG = () => ID
const EVIDENCE = { purpose: AttachmentPurpose.EVIDENCE, field: 'files' }

@InputType()
class DeductionInput {
  @Field(() => Int, { description: '扣分（十分之一分）' }) tenths!: number
  @Field(() => String, { description: '不符合的情况' }) finding!: string
  @Field(() => String, { nullable: true, description: '整改措施' }) measure?: string | null
  @Field(() => String, { nullable: true, description: '责任岗位' }) responsible?: string | null
  @Field(() => DayScalar, { nullable: true, description: '整改期限' }) dueOn?: string | null
}

/** 扣分, each with what was found; the non-conformity becomes a hazard or a task, closed before the report is signed. */
@Resolver(() => Deduction)
export class DeductionResolver {
  @Mutation(() => Assessment, { description: '给一条扣分，写明不符合的情况；同时生成整改任务' })
  deductionAdd(
    @Ctx() context: Context,
    @Arg('assessment', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('element', ID_ARG) elementId: string,
    @Arg('facts', () => DeductionInput) facts: DeductionInput,
    @Arg('files', () => [ID], { nullable: true, description: '佐证：照片或文件' }) files?: string[] | null,
  ): Promise<Assessment> {
    return onAssessment(context, 'deductionAdd', { id, version }, WRITERS, async (assessment, em, { actor, now }) => {
      assessment.needOpen()
      const item = await itemOf(em, assessment, elementId)
      if (facts.tenths < 1 || facts.tenths > item.pointsTenths!)
        throw new Refusal('POINTS', `扣分应在 0.1 到 ${item.pointsTenths! / 10} 分之间`, { field: 'tenths' })
      if (!facts.finding.trim()) throw new Refusal('MISSING', '请写明不符合的情况', { field: 'finding' })
      const answer = await answerOf(em, assessment, item, instant(now))
      if (answer.na) throw new Refusal('ANSWER_NA', '这一条已评为不适用，不能扣分', { field: 'element' })
      answer.recheck = false
      const deduction = deductionOf(assessment, answer, facts, instant(now))
      deduction.needDue(dayOf(now))
      em.persist(deduction)
      await attachTo(em, Deduction, deduction, files ?? [], EVIDENCE, actor)
      await tally(em, assessment)
    })
  }

  @Mutation(() => Deduction, { description: '撤销一条扣分（评错了），写明原因' })
  deductionWithdraw(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Deduction> {
    if (!reason.trim()) throw new Refusal('MISSING', '请写明原因', { field: 'reason' })
    return onDeduction(
      context,
      'deductionWithdraw',
      { id, version },
      async (deduction, em, { now }) => {
        if (deduction.withdrawnOn) throw new Refusal('ALREADY', '这条扣分已经撤销')
        const assessment = await em.findOneOrFail(Assessment, { id: deduction.assessment.id })
        assessment.needOpen()
        deduction.withdrawnOn = dayOf(now)
        await tally(em, assessment)
      },
      reason.trim(),
    )
  }

  @Mutation(() => Deduction, { description: '把不符合项登记为隐患，按隐患流程闭环' })
  deductionToHazard(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => HazardFacts as never) facts: HazardFacts,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[] | null,
    @Arg('criterion', ID_ARG, { nullable: true, description: '重大隐患的判定条款' }) criterion?: string | null,
  ): Promise<Deduction> {
    return onDeduction(context, 'deductionToHazard', { id, version }, async (deduction, em, ctx) => {
      if (deduction.hazard || deduction.verifiedOn || deduction.withdrawnOn) throw new Refusal('ALREADY', '这条不符合项已转成隐患或已办结')
      const enterprise = await em.findOneOrFail(Enterprise, { id: deduction.enterprise.id })
      deduction.hazard = ref(await reportHazard(em, ctx, enterprise, { facts, photos, criterion }))
    })
  }

  @Mutation(() => Deduction, { description: '填报不符合项的整改情况' })
  deductionFix(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('result', () => String) result: string,
    @Arg('files', () => [ID], { nullable: true, description: '整改后的照片或文件' }) files?: string[] | null,
  ): Promise<Deduction> {
    return onDeduction(context, 'deductionFix', { id, version }, async (deduction, em, { actor, now }) => {
      deduction.fix(actor, now, result)
      await attachTo(em, Deduction, deduction, files ?? [], { ...EVIDENCE, purpose: AttachmentPurpose.AFTER }, actor)
    })
  }

  @Mutation(() => Deduction, { description: '验证不符合项的整改；整改人自己不能验证' })
  deductionVerify(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', () => Int) version: number): Promise<Deduction> {
    return onDeduction(context, 'deductionVerify', { id, version }, (deduction, _em, { actor, now }) => deduction.verify(actor, now))
  }
}

function onDeduction(
  context: Context,
  name: string,
  { id, version }: { id: string; version: number },
  work: (deduction: Deduction, em: SqlEntityManager, ctx: SignedIn) => void | Promise<void>,
  reason?: string,
): Promise<Deduction> {
  const ctx = signedIn(context, ...WRITERS)
  return act(
    ctx,
    name,
    async ({ em }) => {
      const deduction = await em.findOne(Deduction, { id })
      if (!deduction) throw notFound('不符合项')
      if (deduction.version !== version) throw conflict()
      await work(deduction, em, ctx)
      return deduction
    },
    reason,
  )
}

function deductionOf(assessment: Assessment, answer: AssessmentAnswer, facts: DeductionInput, createdAt: string): Deduction {
  const { enterprise, division, station } = assessment
  const said = { measure: facts.measure?.trim(), responsible: facts.responsible?.trim(), dueOn: facts.dueOn }
  return Object.assign(new Deduction(), {
    ...{ enterprise, division, ...(station ? { station } : {}), assessment: ref(assessment), answer: ref(answer), createdAt },
    ...{ tenths: facts.tenths, finding: facts.finding.trim() },
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value)),
  })
}
