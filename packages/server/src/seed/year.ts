import type { Hazard } from '../hazard/hazard.entity.js'
import { HazardSeverity } from '../hazard/terms.js'
import type { HazardText } from './content.js'
import { type Course, type Habits, pastCourse } from './course.js'
import { CURRENT } from './current.js'
import type { World } from './life.js'
import type { Random } from './random.js'
import { type Firm, neverFoundWanting } from './settle.js'
import { tell } from './story.js'

const YEAR = 365
/** Of a hundred hazards of the past, so many are major where the trade knows any. */
const MAJOR = 6

export interface Told {
  firm: Firm
  text: HazardText
  course: Course
}

/** Whose hazards are found: the trades' texts, and how an enterprise is known to work. */
export class Field {
  readonly #inspected: Firm[]

  constructor(
    firms: readonly Firm[],
    private readonly texts: ReadonlyMap<string, HazardText>,
    private readonly random: Random,
    private readonly shown?: Firm,
  ) {
    this.#inspected = firms.filter((firm) => firm.kind.hazards.length && !neverFoundWanting(firm.n))
  }

  text(firm: Firm, major: boolean): HazardText | undefined {
    const known = firm.kind.hazards.map((id) => this.texts.get(id)!).filter((text) => (text.severity === HazardSeverity.MAJOR) === major)
    return known.length ? this.random.pick(known) : undefined
  }

  /** The enterprise that is shown around has more of everything. */
  firm(): Firm {
    return this.shown && this.random.percent(1.5) ? this.shown : this.random.pick(this.#inspected)
  }

  habits({ enterprise: { division, station } }: Firm): Habits {
    const village = Number(division.slice(-2))
    const slow = (village % 7 === 0 ? 22 : village % 5 === 1 ? 9 : 0) + (station === 'POLICE' || station === 'TRANSPORT_STATION' ? 12 : 0)
    return { onTime: 90 - slow, firstPass: 93 - Math.round(slow / 4) }
  }

  past(found: number): Told {
    for (;;) {
      const firm = this.firm()
      const text = this.text(firm, this.random.percent(MAJOR))
      if (text) return { firm, text, course: pastCourse(this.random, text, found, this.habits(firm)) }
    }
  }

  /** The first of a kind goes to the enterprise that is shown around, wherever it fits. */
  current(course: Course, major: boolean, i: number): Told {
    const workshop = ({ crew }: Firm) => crew.workshop?.workshop
    const candidates = this.#inspected.filter((firm) => (!course.floor || workshop(firm)) && (!major || this.text(firm, true)))
    const firm = i === 0 && this.shown && candidates.includes(this.shown) ? this.shown : this.random.pick(candidates)
    const floor =
      course.floor &&
      firm.kind.hazards.map((id) => this.texts.get(id)!).find((text) => text.severity === HazardSeverity.GENERAL && text.location.startsWith(workshop(firm)!))
    const text = floor || this.text(firm, major)
    return text ? { firm, text, course } : this.current(course, major, 1)
  }
}

/** A year of hazards in the order in which they were found, many of them, and what is under way today. */
export function tellYear(world: World, field: Field, many: number): Hazard[] {
  const { random } = world
  const now = CURRENT.flatMap(({ many, major, course }) => Array.from({ length: many }, (_, i) => field.current(course(random, i), !!major, i)))
  const past = Array.from({ length: Math.max(0, many - now.length) }, () => field.past(random.whole(6, YEAR)))
  const told = [...past, ...now].sort((a, b) => b.course.found - a.course.found)
  return told.flatMap(({ firm, text, course }) => tell(world, firm, text, course) ?? [])
}
