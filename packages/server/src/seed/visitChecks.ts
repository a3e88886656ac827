import { ref } from '@mikro-orm/core'
import { HazardSeverity } from '../hazard/terms.js'
import { Check, CheckResult } from '../inspection/check.entity.js'
import { CheckKind, ItemOutcome, KIND_NAME } from '../inspection/terms.js'
import type { Person } from '../person/person.entity.js'
import { type Day, monthOf, startOf } from '../shared/days.js'
import { VisitState } from '../visit/terms.js'
import type { Visit } from '../visit/visit.entity.js'
import type { Past } from './chronicle.js'
import type { Told } from './chapters.js'
import { plain } from './plain.js'
import type { Random } from './random.js'
import type { Firm } from './settle.js'

const MINUTE = 60_000
export const LAW_TEAM = 'LAW_TEAM'

/** The checks that visits were: somebody of the station, or of those who may enforce, looked at the focus of the rules. */
export class VisitChecks {
  constructor(
    private readonly told: Told,
    private readonly random: Random,
  ) {}

  record(firm: Firm, visit: Visit, day: Day): void {
    const { chronicle, numbers, names } = this.told.world
    const { enterprise, town } = firm
    const enforces = visit.kind === CheckKind.ENFORCEMENT
    const team: readonly Person[] =
      (enforces ? town.staff.stations.get(LAW_TEAM) : enterprise.station ? town.staff.stations.get(enterprise.station) : undefined) ?? town.staff.town
    const by = this.random.pick(team)
    const at = new Date(Date.parse(startOf(day)) + (540 + this.random.whole(0, 420)) * MINUTE)
    const started = new Date(at.getTime() - this.random.whole(25, 90) * MINUTE)
    const series = `JC-${monthOf(day).replace('-', '')}-${enterprise.division.slice(6).padEnd(6, '0')}`
    const past: Past = { act: 'checkSubmit', by: by.asActor(), at, request: this.random.id(at.getTime()) }
    const { division, station } = enterprise
    const stands = { enterprise: ref(enterprise), division, ...(station ? { station } : {}) }
    const looked = (visit.focus ?? '现场情况').split('、')
    const outcomes = looked.map(() => (this.random.percent(9) ? ItemOutcome.FAIL : ItemOutcome.PASS))
    const failed = outcomes.filter((one) => one === ItemOutcome.FAIL).length
    const check = Object.assign(new (plain(Check))(), {
      ...{
        id: this.random.id(at.getTime()),
        key: this.random.id(started.getTime()),
        number: `${series}-${String(numbers.next(series)).padStart(4, '0')}`,
        kind: visit.kind,
      },
      ...{
        ...stands,
        title: `${KIND_NAME[visit.kind]}：${enterprise.name}`.slice(0, 120),
        plannedOn: visit.plannedTo,
        startedAt: started.toISOString(),
        doneAt: at.toISOString(),
        doneOn: day,
      },
      ...{ checkedBy: by.id, checkedByRole: by.role, checkedByUnit: (by.station ? names.get(by.station) : undefined) ?? '镇安办', checkerName: by.name },
      ...{ passed: outcomes.length - failed, failed, fixed: 0, notApplicable: 0, notChecked: 0 },
      ...(enforces
        ? {
            officers: `${by.name}（35052400${this.random.whole(10, 99)}）、同行执法员（35052400${this.random.whole(10, 99)}）`,
            refusedToSign: '纸质笔录已签字存档',
          }
        : {}),
    })
    chronicle.add(check, past)
    looked.forEach((content, i) =>
      chronicle.add(
        Object.assign(new (plain(CheckResult))(), {
          ...{
            id: this.random.id(at.getTime()),
            check: ref(check),
            ...stands,
            seq: i + 1,
            content,
            outcome: outcomes[i]!,
            severity: HazardSeverity.GENERAL,
            critical: false,
            doneOn: day,
          },
          ...(outcomes[i] === ItemOutcome.FAIL ? { note: '资料不全，已当面提出，下次检查时核对' } : {}),
        }),
        past,
      ),
    )
    chronicle.change(visit, past, () => Object.assign(visit, { state: VisitState.DONE, check: ref(check), doneOn: day }))
  }
}
