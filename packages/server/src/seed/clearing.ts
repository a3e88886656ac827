import { ref } from '@mikro-orm/core'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage } from '../hazard/terms.js'
import { Clearance } from '../inspection/clearance.entity.js'
import { ClearanceSpan } from '../inspection/terms.js'
import { periodOf } from '../inspection/unresolved.js'
import { linkedId } from '../shared/datum.js'
import { addDays, dayOf, instant, startOf } from '../shared/days.js'
import type { Told } from './chapters.js'
import { plain } from './plain.js'
import type { Random } from './random.js'

const MONTHS = 4
const TEN = 10 * 3_600_000

/** Certificates of the last months: for those whose hazards were all closed by the third of the next; one in three asked for one. */
export class Clearing {
  constructor(
    private readonly told: Told,
    private readonly random: Random,
  ) {}

  tell(): void {
    const hazards = this.told.world.chronicle.all(Hazard)
    const [year, month] = [Number(dayOf(this.told.now).slice(0, 4)), Number(dayOf(this.told.now).slice(5, 7))]
    for (let back = MONTHS; back >= 1; back--) {
      const at = year * 12 + month - 1 - back
      const period = periodOf(ClearanceSpan.MONTH, `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`)
      for (const { enterprise, town, n } of this.told.firms) {
        if (enterprise.closedOn || n % 3 !== 1) continue
        const own = hazards.filter(
          (one) => linkedId(one.enterprise) === enterprise.id && one.stage !== HazardStage.VOID && one.foundOn >= period.fromOn && one.foundOn <= period.toOn,
        )
        const issued = new Date(Date.parse(startOf(addDays(period.toOn, 3))) + TEN + this.random.whole(0, 200) * 60_000)
        if (issued > this.told.now || own.some(({ stage, closedAt }) => stage !== HazardStage.CLOSED || closedAt! > instant(issued))) continue
        const station = enterprise.station
        const by = (station ? town.staff.stations.get(station)![0]! : town.staff.town[0]!).asActor()
        const series = `QL-${period.toOn.slice(0, 7).replace('-', '')}-${enterprise.division.slice(6)}`
        const number = this.told.world.numbers.of(series)
        const clearance = Object.assign(new (plain(Clearance))(), {
          ...{ id: this.random.id(issued.getTime()), number, enterprise: ref(enterprise), division: enterprise.division, ...(station ? { station } : {}) },
          ...{ span: ClearanceSpan.MONTH, ...period, issuedAt: instant(issued), issuedBy: by.id },
          ...{ issuedByUnit: this.told.world.names.get(station ?? '') ?? '镇安办', found: own.length, closed: own.length, extended: 0, listed: 0 },
        })
        this.told.world.chronicle.add(clearance, { act: 'clearanceIssue', by, at: issued })
      }
    }
  }
}
