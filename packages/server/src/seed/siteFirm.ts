import { ref } from '@mikro-orm/core'
import { AttachmentPurpose, Attachment } from '../attachment/attachment.entity.js'
import { placeOf } from '../enterprise/standing.js'
import type { Post, Workshop } from '../enterprise/workshop.entity.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import type { Actor } from '../shared/context.js'
import { linkedId, type ThingClass, thingOf } from '../shared/datum.js'
import { addDays, type Day, dayOf, startOf } from '../shared/days.js'
import type { Recorded } from '../shared/recorded.entity.js'
import type { Past } from './chronicle.js'
import type { World } from './life.js'
import { plain } from './plain.js'
import type { Random } from './random.js'
import type { Firm } from './settle.js'

const MINUTE = 60_000

/** One enterprise whose site is told of: who acts there, and records that stand in it. */
export class SiteFirm {
  readonly today: Day
  constructor(
    readonly world: World,
    readonly firm: Firm,
    readonly random: Random,
    readonly units: readonly Workshop[],
    readonly posts: readonly Post[],
    readonly hazards: readonly Hazard[],
  ) {
    this.today = dayOf(world.now)
  }

  get own(): Actor {
    return (this.firm.crew.officer ?? this.firm.crew.principal).asActor()
  }
  get head(): Actor {
    return (this.firm.crew.workshop ?? this.firm.crew.officer ?? this.firm.crew.principal).asActor()
  }
  get authority(): Actor {
    const { station } = this.firm.enterprise
    const { staff } = this.firm.town
    return (station ? staff.stations.get(station)! : staff.town)[0]!.asActor()
  }
  postsOf(unit: Workshop): Post[] {
    return this.posts.filter((post) => linkedId(post.unit) === unit.id)
  }
  ago(days: number): Day {
    return addDays(this.today, -days)
  }

  /** A moment of office hours on that day; never after now. */
  past(act: string, day: Day, by: Actor): Past {
    const at = Math.min(Date.parse(startOf(day)) + this.random.whole(510, 1050) * MINUTE, this.world.now.getTime() - MINUTE)
    return { act, by, at: new Date(at), request: this.random.id(at) }
  }

  add<T extends Recorded>(thing: new () => T, past: Past, facts: object, at: { unit?: Workshop | undefined; post?: Post | undefined } = {}): T {
    const { enterprise } = this.firm
    const row = Object.assign(new (plain(thing))(), { id: this.random.id(past.at.getTime()) }, placeOf(enterprise, at.unit, at.post), facts)
    return this.world.chronicle.add(row, past)
  }

  /** A photo that belongs to a record of this enterprise. */
  photo(target: ThingClass, row: { id: string }, past: Past, purpose = AttachmentPurpose.OTHER): void {
    const { enterprise } = this.firm
    const facts = { ...this.world.pictures.pick(this.random, undefined, AttachmentPurpose.BEFORE), uploadedBy: past.by!.id, purpose }
    const owner = { ofThing: thingOf(target).name, ofRecord: row.id, division: enterprise.division, enterpriseId: enterprise.id, round: 0 }
    const photo = Object.assign(new (plain(Attachment))(), { id: this.random.id(past.at.getTime()), ...facts, ...owner })
    if (enterprise.station) photo.station = enterprise.station
    this.world.chronicle.add(photo, past)
  }
}

export const toRef = <T extends Recorded>(row: T) => ref(row as never) as never
