import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { addDays, dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { restand } from './restand.js'
import { auditor, AUTHORITY, witness } from './rights.js'
import { needOpen, needOwnWorkshop, needPast, needSaid, numberOf, onRow, unitOf } from './siteRow.js'
import { siteRules } from './siteRules.js'
import { Violation, ViolationFacts } from './violation.entity.js'

export const VIOLATIONS: ListField = {
  name: 'violations',
  target: Violation,
  description: '三违记录：按类别、车间、月份统计；人员只记身份，不记姓名',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'foundOn', dir: 'DESC' }, { field: 'number' }],
}

@Resolver()
export class ViolationResolver {
  @Mutation(() => Violation, { description: '登记三违；人员只记身份，不记姓名' })
  violationRecord(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('unit', () => ID, { nullable: true }) unit: string | undefined,
    @Arg('post', () => ID, { nullable: true }) post: string | undefined,
    @Arg('facts', () => ViolationFacts as never) facts: ViolationFacts,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
  ): Promise<Violation> {
    const ctx = witness(context)
    const { actor, now } = ctx
    return act(ctx, 'violationRecord', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise, { unit, post })
      needOpen(firm, now)
      needOwnWorkshop(actor, place.workshop)
      const { kind, violator, foundOn, handling } = facts
      needPast(foundOn, now, 'foundOn')
      const [spot, what] = [needSaid(facts.spot, 'spot', '地点'), needSaid(facts.what, 'what', '情况')]
      const violation = Object.assign(new Violation(), place, { kind, violator, foundOn, handling, spot, what, createdAt: instant(now) })
      Object.assign(violation, { foundBy: actor.id, foundByRole: actor.role, foundByUnit: unitOf(actor) })
      violation.followUpBy = addDays(foundOn, (await siteRules(em)).violationFollowUpDays)
      violation.number = await numberOf(em, 'SW', foundOn, firm.division)
      em.persist(violation)
      const giving = { purpose: AttachmentPurpose.OTHER, field: 'photos', only: 'photo' } as const
      violation.photos = (await attachTo(em, Violation, violation, photos ?? [], giving, actor)).length
      await restand(em, actor, now, firm)
      return violation
    })
  }

  @Mutation(() => Violation, { description: '登记三违的跟进情况，办结' })
  violationFollowUp(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('followUp', () => String) followUp: string,
  ): Promise<Violation> {
    const ctx = auditor(context)
    const said = needSaid(followUp, 'followUp', '跟进情况')
    return onRow(ctx, 'violationFollowUp', Violation, '三违记录', { id, version }, (violation) => {
      needStanding(violation)
      if (violation.followedUpOn) throw new Refusal('ALREADY', '这条三违已经办结')
      Object.assign(violation, { followUp: said, followedUpOn: dayOf(ctx.now) })
    })
  }

  @Mutation(() => Violation, { description: '作废三违记录（登记有误），写明原因' })
  violationVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Violation> {
    const ctx = witness(context)
    const said = needSaid(reason, 'reason', '作废原因')
    const work = (violation: Violation) => {
      needStanding(violation)
      if (violation.foundBy !== ctx.actor.id && !AUTHORITY.includes(ctx.actor.role)) throw forbidden('只有登记人或主管站所能作废')
      Object.assign(violation, { voidedOn: dayOf(ctx.now), voidReason: said })
    }
    return onRow(ctx, 'violationVoid', Violation, '三违记录', { id, version }, work, said)
  }
}

function needStanding(violation: Violation): void {
  if (violation.voidedOn) throw new Refusal('ALREADY', '这条三违记录已经作废')
}
