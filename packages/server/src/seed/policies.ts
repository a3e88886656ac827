import { ref } from '@mikro-orm/core'
import { EnterprisePolicy, PolicyGuidance, PolicyStep } from '../campaign/enterprisePolicy.entity.js'
import { CheckKind } from '../inspection/terms.js'
import type { Actor } from '../shared/context.js'
import { addDays, dayOf } from '../shared/days.js'
import { Visit } from '../visit/visit.entity.js'
import { VisitState } from '../visit/terms.js'
import type { Chapter, Told } from './chapters.js'
import { FINDINGS, STEPS, WEAKNESSES } from './campaignPlan.js'
import { plain } from './plain.js'
import type { Firm } from './settle.js'
import { TownTeller } from './townTeller.js'

/** 一企一策 of the year: for the large enterprises of the first town and a few others, guided on the visits that were made. */
export const POLICIES: Chapter = { things: [EnterprisePolicy, PolicyGuidance, PolicyStep], tell: (told) => new Teller(told).tell() }

class Teller extends TownTeller {
  constructor(told: Told) {
    super(told, 'anbiao policies')
  }

  tell(): void {
    const year = Number(dayOf(this.told.now).slice(0, 4))
    const done = Map.groupBy(
      this.told.world.chronicle
        .all(Visit)
        .filter((one) => one.state === VisitState.DONE && one.kind === CheckKind.STATION_GUIDANCE && one.year === year && one.doneOn),
      (one) => one.enterprise.id,
    )
    const big = this.firms.filter(({ enterprise }) => enterprise.scaleClass === 'ABOVE_SCALE' && !enterprise.closedOn && enterprise.station)
    const others = this.firms.filter(({ enterprise }) => enterprise.scaleClass !== 'ABOVE_SCALE' && !enterprise.closedOn && enterprise.station).slice(0, 4)
    for (const [i, firm] of [...big.filter((_, n) => n % 7 !== 6), ...others].entries()) this.#policy(firm, year, i, done.get(firm.enterprise.id) ?? [])
  }

  #policy(firm: Firm, year: number, i: number, visits: readonly Visit[]): void {
    const { chronicle } = this.told.world
    const [by, at] = [
      this.stationOf(firm)!,
      this.at([`${year}-04-${String(3 + (i % 25)).padStart(2, '0')}`, addDays(dayOf(this.told.began), 25)].sort().at(-1)!),
    ]
    if (!at) return
    const { division, station } = firm.enterprise
    const place = { enterprise: ref(firm.enterprise), division, station: station! }
    const policy = this.made(plain(EnterprisePolicy), at, { ...place, year, writtenBy: by.id })
    const [weakness, goal] = WEAKNESSES[i % WEAKNESSES.length]!
    policy.describe(by, weakness, goal)
    chronicle.add(policy, { act: 'policyWrite', by, at })
    const visit = visits.find(({ doneOn }) => doneOn! > dayOf(at))
    const guided = this.at(visit?.doneOn ?? addDays(dayOf(at), 20 + (i % 30)))
    if (guided && i % 6 !== 5) {
      const [finding, advice] = FINDINGS[i % FINDINGS.length]!
      const facts = { ...place, policy: ref(policy), guidedOn: dayOf(guided), finding, advice, guidedBy: by.id, ...(visit ? { visit: ref(visit) } : {}) }
      chronicle.add(this.made(plain(PolicyGuidance), guided, facts), { act: 'policyGuide', by, at: guided })
    }
    for (const n of [0, 1, 2]) this.#step(policy, place, by, at, i * 3 + n, n)
  }

  /** The first is done, the second mostly, the third still ahead; a few are late. */
  #step(policy: EnterprisePolicy, place: Pick<PolicyStep, 'enterprise' | 'division' | 'station'>, by: Actor, at: Date, i: number, n: number): void {
    const { chronicle } = this.told.world
    const late = n === 1 && i % 4 === 0
    const dueOn = n === 2 ? addDays(dayOf(this.told.now), 10 + (i % 40)) : addDays(dayOf(at), 40 + n * 50)
    const step = this.made(plain(PolicyStep), at, { ...place, policy: ref(policy), text: STEPS[i % STEPS.length]!, dueOn } as Partial<PolicyStep>)
    chronicle.add(step, { act: 'policyStepAdd', by, at })
    const finished = n < 2 && !late ? this.at(addDays(dueOn, -3)) : undefined
    if (finished && finished > at) chronicle.change(step, { act: 'policyStepFinish', by, at: finished }, () => step.finish(by, finished, '已完成，现场看过'))
  }
}
