import { ref } from '@mikro-orm/core'
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import { forbidden, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Check, CheckResult } from './check.entity.js'
import { CheckInput } from './checkInput.js'
import { raiseFrom } from './raiseFrom.js'
import { kindsOf, mayCheck } from './rights.js'
import { alreadySent, submitCheck } from './submitCheck.js'
import { CheckKind, ItemOutcome } from './terms.js'

@Resolver(() => Check)
export class CheckingResolver {
  @Query(() => Check, { description: '一次检查' })
  async check(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Check> {
    const { em } = signedIn(context, ...READERS)
    const check = await em.findOne(Check, { id })
    if (!check) throw notFound('检查记录')
    return check
  }

  @Query(() => [CheckKind], { description: '我可以做的检查' })
  checkKinds(@Ctx() context: Context): CheckKind[] {
    return [...kindsOf(signedIn(context, ...READERS).actor.role)]
  }

  @Mutation(() => Check, { description: '提交检查记录；同一份草稿重复发送只记一次，答复第一次的记录' })
  async checkSubmit(@Ctx() context: Context, @Arg('input', () => CheckInput) input: CheckInput): Promise<Check> {
    const ctx = signedIn(context)
    return once(ctx, input.key, () => act(ctx, 'checkSubmit', async ({ em }) => (await alreadySent(em, ctx.actor, input.key)) ?? submitCheck(em, ctx, input)))
  }

  @Mutation(() => CheckResult, { description: '不符合项转为隐患：内容、部位、因素、等级、照片一并带过去' })
  async checkResultRaise(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('interimMeasure', () => String, { nullable: true, description: '临时防范措施（重大隐患必填）' }) interimMeasure?: string,
  ): Promise<CheckResult> {
    const ctx = signedIn(context)
    return act(ctx, 'checkResultRaise', async ({ em }) => {
      const result = await em.findOne(CheckResult, { id })
      const check = result && (await em.findOne(Check, { id: linkedId(result.check)! }))
      const firm = check && (await em.findOne(Enterprise, { id: linkedId(check.enterprise)! }))
      if (!result || !check || !firm) throw notFound('检查项结果')
      if (!mayCheck(ctx.actor, check.kind)) throw forbidden('这次检查发现的问题不由您登记隐患')
      if (result.outcome !== ItemOutcome.FAIL) throw new Refusal('WRONG_STAGE', '只有“不符合”的检查项可以转为隐患')
      if (result.hazard) throw new Refusal('ALREADY', '这一项已经登记为隐患')
      const before = await em.find(
        Attachment,
        { ofThing: 'CheckResult', ofRecord: result.id, purpose: AttachmentPurpose.BEFORE },
        { filters: false, orderBy: { id: 'asc' } },
      )
      result.hazard = ref(await raiseFrom(em, ctx.actor, ctx.now, firm, check, result, { before, after: [], interimMeasure }))
      return result
    })
  }
}

/** Two sendings at the same moment: the second finds the key taken, and is answered with what the first has made. */
export async function once<T extends Check>(ctx: Parameters<typeof submitCheck>[1], key: string, send: () => Promise<T>): Promise<T | Check> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'DUPLICATE') throw error
    ctx.em.clear()
    const known = await alreadySent(ctx.em, ctx.actor, key)
    if (!known) throw error
    return known
  }
}
