import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import type { Context } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { auditor, doer } from './rights.js'
import { SignTask } from './sign.entity.js'
import { needSaid, onRow } from './siteRow.js'
import { addMonths, siteRules } from './siteRules.js'
import { SignState, SignTaskStage } from './terms.js'

export const SIGN_TASKS: ListField = {
  name: 'signTasks',
  target: SignTask,
  description: '现场任务：缺损的六有、标识、公告，谁在何时补齐',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'dueOn' }],
}

@Resolver()
export class SignTaskResolver {
  @Mutation(() => SignTask, { description: '补齐一处缺损' })
  signTaskDone(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('result', () => String) result: string,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
  ): Promise<SignTask> {
    const ctx = doer(context)
    const said = needSaid(result, 'result', '办理情况')
    return onRow(ctx, 'signTaskDone', SignTask, '现场任务', { id, version }, async (task, em) => {
      needOpenTask(task)
      const today = dayOf(ctx.now)
      Object.assign(task, { stage: SignTaskStage.DONE, doneBy: ctx.actor.id, doneOn: today, result: said })
      const giving = { purpose: AttachmentPurpose.AFTER, field: 'photos', only: 'photo' } as const
      task.photos += (await attachTo(em, SignTask, task, photos ?? [], giving, ctx.actor)).length
      const rules = await siteRules(em)
      const sign = task.sign && (await task.sign.load())
      if (sign) Object.assign(sign, { state: SignState.INTACT, checkedOn: today, nextCheckOn: addMonths(today, rules.signCheckMonths) })
      const notice = task.notice && (await task.notice.load())
      if (notice) Object.assign(notice, { state: SignState.INTACT, checkedOn: today, nextCheckOn: addMonths(today, rules.noticeCheckMonths) })
    })
  }

  @Mutation(() => SignTask, { description: '改定现场任务的期限和责任岗位' })
  signTaskAssign(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('dueOn', () => DayScalar) dueOn: string,
    @Arg('responsible', () => String) responsible: string,
  ): Promise<SignTask> {
    const ctx = auditor(context)
    const said = needSaid(responsible, 'responsible', '责任岗位')
    return onRow(ctx, 'signTaskAssign', SignTask, '现场任务', { id, version }, (task) => {
      needOpenTask(task)
      if (dueOn < dayOf(ctx.now)) throw new Refusal('DEADLINE_PAST', '期限不能早于今天', { field: 'dueOn' })
      Object.assign(task, { dueOn, responsible: said })
    })
  }

  @Mutation(() => SignTask, { description: '作废现场任务，写明原因' })
  signTaskVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<SignTask> {
    const ctx = auditor(context)
    const said = needSaid(reason, 'reason', '作废原因')
    const work = (task: SignTask) => {
      needOpenTask(task)
      Object.assign(task, { stage: SignTaskStage.VOID, doneBy: ctx.actor.id, doneOn: dayOf(ctx.now), result: said })
    }
    return onRow(ctx, 'signTaskVoid', SignTask, '现场任务', { id, version }, work, said)
  }
}

export function needOpenTask(task: SignTask): void {
  if (task.stage !== SignTaskStage.OPEN) throw new Refusal('ALREADY', '这项任务已经办理过了')
}
