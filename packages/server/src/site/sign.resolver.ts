import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { restand } from './restand.js'
import { keeper } from './rights.js'
import { Sign, SignFacts, SignTask } from './sign.entity.js'
import { taskOfState } from './signTasks.js'
import { needOpen, needOwnWorkshop, needPast, needSaid, onRow } from './siteRow.js'
import { addMonths, siteRules } from './siteRules.js'
import { HANGING, SignState, SignTaskKind, SignTaskStage } from './terms.js'

export const SIGNS: ListField = {
  name: 'signs',
  target: Sign,
  description: '安全标识台账，按位置和悬挂次序（警告、禁止、指令、提示）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'workshop' }, { field: 'spot' }, { field: 'hangs' }],
}

@Resolver()
export class SignResolver {
  @Mutation(() => Sign, { description: '登记安全标识' })
  signRegister(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('unit', () => ID, { nullable: true }) unit: string | undefined,
    @Arg('post', () => ID, { nullable: true }) post: string | undefined,
    @Arg('facts', () => SignFacts as never) facts: SignFacts,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
  ): Promise<Sign> {
    const ctx = keeper(context)
    return act(ctx, 'signRegister', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise, { unit, post })
      needOpen(firm, ctx.now)
      needOwnWorkshop(ctx.actor, place.workshop)
      const sign = Object.assign(new Sign(), place, { createdAt: instant(ctx.now) })
      describe(sign, facts, ctx)
      sign.nextCheckOn = addMonths(sign.setOn, (await siteRules(em)).signCheckMonths)
      em.persist(sign)
      await attach(em, sign, photos, ctx)
      await restand(em, ctx.actor, ctx.now, firm)
      return sign
    })
  }

  @Mutation(() => Sign, { description: '修改安全标识（换新、改内容）' })
  signEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => SignFacts as never) facts: SignFacts,
  ): Promise<Sign> {
    const ctx = keeper(context)
    return onRow(ctx, 'signEdit', Sign, '安全标识', { id, version }, (sign) => {
      needHanging(sign)
      describe(sign, facts, ctx)
    })
  }

  @Mutation(() => Sign, { description: '检查安全标识；破损或缺失的自动成为待补任务' })
  signCheck(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('state', () => SignState) state: SignState,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
  ): Promise<Sign> {
    const ctx = keeper(context)
    return onRow(ctx, 'signCheck', Sign, '安全标识', { id, version }, async (sign, em) => {
      needHanging(sign)
      const rules = await siteRules(em)
      const today = dayOf(ctx.now)
      Object.assign(sign, { state, checkedOn: today, nextCheckOn: addMonths(today, rules.signCheckMonths) })
      await attach(em, sign, photos, ctx)
      await taskOfState(em, ctx, sign, SignTaskKind.SIGN, rules)
    })
  }

  @Mutation(() => Sign, { description: '拆除安全标识；记录保留' })
  signRemove(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Sign> {
    const ctx = keeper(context)
    const said = needSaid(reason, 'reason', '拆除原因')
    const work = async (sign: Sign, em: SqlEntityManager) => {
      needHanging(sign)
      sign.removedOn = dayOf(ctx.now)
      for (const task of await em.find(SignTask, { sign: id, stage: SignTaskStage.OPEN })) Object.assign(task, { stage: SignTaskStage.VOID, result: said })
    }
    return onRow(ctx, 'signRemove', Sign, '安全标识', { id, version }, work, said)
  }
}

function describe(sign: Sign, facts: SignFacts, { now }: SignedIn): void {
  const [text, spot, edition] = [needSaid(facts.text, 'text', '内容'), needSaid(facts.spot, 'spot', '位置'), needSaid(facts.edition, 'edition', '标准')]
  needPast(facts.setOn, now, 'setOn')
  Object.assign(sign, { kind: facts.kind, hangs: HANGING.indexOf(facts.kind) + 1, text, spot, edition, setOn: facts.setOn })
}

function needHanging(sign: Sign): void {
  if (sign.removedOn) throw new Refusal('ALREADY', '这块标识已经拆除')
}

async function attach(em: SqlEntityManager, sign: Sign, photos: string[] | undefined, { actor }: SignedIn): Promise<void> {
  await attachTo(em, Sign, sign, photos ?? [], { purpose: AttachmentPurpose.OTHER, field: 'photos', only: 'photo' }, actor)
}
