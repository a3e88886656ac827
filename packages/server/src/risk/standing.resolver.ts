import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { type Act, act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { type Day } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { DayScalar } from '../shared/scalars.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { refresh } from './keepStanding.js'
import { ID_ARG, INT } from './load.js'
import { RiskStanding } from './riskStanding.entity.js'
import { stand } from './stand.js'
import { RiskColor } from './terms.js'

export const RISK_STANDINGS: ListField = {
  name: 'riskStandings',
  target: RiskStanding,
  description: '企业四色：每家企业的颜色、依据和各色风险点数',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'division' }],
}

const SEEN = { nullable: true, description: '您看到的企业四色的版本；还没有四色的企业不填' }

/** 站所调整: the station's word over what is computed, until a day. */
@Resolver()
export class StandingResolver {
  @Mutation(() => RiskStanding, { description: '站所调整企业颜色（可升可降），写明原因和截止日期' })
  riskOverride(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterprise: string,
    @Arg('color', () => RiskColor) color: RiskColor,
    @Arg('reason', () => String) reason: string,
    @Arg('until', () => DayScalar) until: Day,
    @Arg('version', INT, SEEN) version?: number,
  ): Promise<RiskStanding> {
    return onStanding(context, 'riskOverride', { enterprise, version, reason }, (standing, { actor, now }) =>
      standing.override(actor, now, { color, reason, until }),
    )
  }

  @Mutation(() => RiskStanding, { description: '撤销站所调整' })
  riskRelease(
    @Ctx() context: Context,
    @Arg('enterprise', ID_ARG) enterprise: string,
    @Arg('reason', () => String) reason: string,
    @Arg('version', INT, SEEN) version?: number,
  ): Promise<RiskStanding> {
    return onStanding(context, 'riskRelease', { enterprise, version, reason }, (standing, { actor }) => {
      if (!reason.trim()) throw new Refusal('MISSING', '请写明撤销原因', { field: 'reason' })
      standing.release(actor)
    })
  }
}

interface On {
  enterprise: string
  version?: number | undefined
  reason: string
}

function onStanding(context: Context, name: string, on: On, work: (standing: RiskStanding, ctx: SignedIn) => void): Promise<RiskStanding> {
  const ctx = signedIn(context, 'STATION', 'TOWN_OFFICE')
  const change = async ({ em }: Act) => {
    const firm = await em.findOne(Enterprise, { id: on.enterprise })
    if (!firm) throw notFound('企业')
    const known = await em.findOne(RiskStanding, { enterprise: firm.id })
    if (known && on.version !== undefined && known.version !== on.version) throw conflict()
    const standing = known ?? stand(firm, ctx.now)
    work(standing, ctx)
    em.persist(standing)
    await em.flush()
    await refresh(em, [firm.id], ctx.now)
    return standing
  }
  return act(ctx, name, change, on.reason.trim())
}
