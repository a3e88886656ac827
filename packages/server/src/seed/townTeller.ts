import type { Actor } from '../shared/context.js'
import { type Day, instant, startOf } from '../shared/days.js'
import type { Told } from './chapters.js'
import { Random } from './random.js'
import type { Firm } from './settle.js'

const HOUR = 3_600_000

/** Tells of the first town: its office, its stations, and moments in their working hours. */
export class TownTeller {
  protected readonly random: Random
  protected readonly firms: readonly Firm[]
  constructor(
    protected readonly told: Told,
    seed: string,
  ) {
    this.random = new Random(seed)
    const first = told.firms[0]!.town
    this.firms = told.firms.filter(({ town }) => town === first)
  }

  protected get office(): Actor {
    return this.firms[0]!.town.staff.town[0]!.asActor()
  }

  protected stationOf({ enterprise, town }: Firm): Actor | undefined {
    return enterprise.station ? town.staff.stations.get(enterprise.station)?.[0]?.asActor() : undefined
  }

  protected made<T extends object>(thing: new () => T, at: Date, facts: Partial<T>): T {
    return Object.assign(new thing(), { id: this.random.id(at.getTime()), createdAt: instant(at) }, facts)
  }

  /** Some time in the office's hours of that day; nothing when it has not come yet. */
  protected at(day: Day): Date | undefined {
    const at = new Date(Date.parse(startOf(day)) + 9 * HOUR + this.random.whole(0, 400) * 60_000)
    return at < this.told.now ? at : undefined
  }
}
