import { townOf } from '../division/division.entity.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import { internal } from '../hazard/rights.js'
import { HazardSeverity, HazardSource } from '../hazard/terms.js'
import type { Person } from '../person/person.entity.js'
import type { Actor } from '../shared/context.js'
import type { Random } from './random.js'
import type { Firm } from './settle.js'

const actors = new WeakMap<Person, Actor>()
const actor = (person: Person): Actor => {
  let known = actors.get(person)
  if (!known) actors.set(person, (known = person.asActor()))
  return known
}

/** Who does what about the hazards of one enterprise, as rights.ts would have it. */
export class Cast {
  #fixer?: Actor

  constructor(
    private readonly firm: Firm,
    private readonly random: Random,
  ) {}

  get #staff() {
    return this.firm.town.staff
  }
  get #village(): Actor {
    return actor(this.#staff.villages.get(this.firm.enterprise.division)!)
  }
  get principal(): Actor {
    return actor(this.firm.crew.principal)
  }
  /** The station of its trade; the town office where there is none. */
  get authority(): Actor[] {
    const { station } = this.firm.enterprise
    return (station ? this.#staff.stations.get(station)! : this.#staff.town).map(actor)
  }
  get town(): Actor[] {
    return this.#staff.town.map(actor)
  }

  finder(source: HazardSource, fromTheFloor = false): Actor {
    const { crew } = this.firm
    if (fromTheFloor && crew.post) return actor(this.random.percent(70) ? crew.post : crew.workshop!)
    switch (source) {
      case HazardSource.SELF_CHECK:
      case HazardSource.EMPLOYEE_REPORT:
        return actor(crew.officer ?? crew.principal)
      case HazardSource.GRID_PATROL:
      case HazardSource.REPORT:
        return this.#village
      case HazardSource.ENFORCEMENT:
        return actor(this.#staff.law[0]!)
      default:
        return this.random.pick(this.authority)
    }
  }

  /** Inside, somebody must be left to verify: the officer fixes, the principal looks. */
  get canVerifyInside(): boolean {
    return !!this.firm.crew.officer
  }

  registrar(hazard: Hazard): Actor {
    return internal(hazard) && hazard.severity !== HazardSeverity.MAJOR ? this.principal : this.authority[0]!
  }

  notifier(hazard: Hazard): Actor {
    if (hazard.severity === HazardSeverity.MAJOR) return this.authority[0]!
    if (internal(hazard)) return this.principal
    return hazard.foundByRole === 'VILLAGE' ? this.#village : hazard.source === HazardSource.ENFORCEMENT ? actor(this.#staff.law[0]!) : this.authority[0]!
  }

  fixer(hazard: Hazard): Actor {
    const { officer, principal } = this.firm.crew
    return (this.#fixer ??= actor(officer && (internal(hazard) || this.random.percent(60)) ? officer : principal))
  }

  /** The people who verify it, in turn: one, or two where the rules want two. */
  reviewers(hazard: Hazard, many: number): Actor[] {
    if (hazard.severity === HazardSeverity.MAJOR) return this.#majorReviewers()
    if (internal(hazard)) return [this.principal]
    if (hazard.source === HazardSource.ENFORCEMENT) return this.#staff.law.map(actor).slice(0, many)
    if (hazard.foundByRole === 'TOWN_OFFICE') return this.town.slice(0, many)
    const outside =
      hazard.foundByRole === 'VILLAGE' && this.random.percent(50) && hazard.submittedBy !== this.#village.id ? this.#village : this.random.pick(this.authority)
    return [outside]
  }

  /** The station first, the town office last: it delists what it listed. */
  #majorReviewers(): Actor[] {
    return this.firm.enterprise.station ? [this.authority[0]!, this.town[0]!] : [this.town[1]!, this.town[0]!]
  }

  decider(hazard: Hazard): Actor {
    if (hazard.severity === HazardSeverity.MAJOR) return this.town[0]!
    if (internal(hazard)) return this.principal
    return hazard.foundByRole === 'TOWN_OFFICE' ? this.town[0]! : this.authority[0]!
  }

  /** To whom a reminder is read out. */
  reader(audience: string): Actor {
    return audience === 'ENTERPRISE' ? this.principal : audience === 'STATION' ? this.authority[0]! : this.town[0]!
  }

  unitOf(by: Actor, names: ReadonlyMap<string, string>): string {
    if (by.role === 'STATION') return names.get(by.station!)!
    if (by.role === 'VILLAGE') return names.get(by.scope.division)!
    return by.role === 'TOWN_OFFICE' ? `${names.get(townOf(this.firm.enterprise.division))!}镇安办` : '企业自查'
  }
}
