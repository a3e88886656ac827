import type { Hazard } from '../hazard/hazard.entity.js'
import { HazardSource } from '../hazard/terms.js'
import { Cast } from './cast.js'
import type { HazardText } from './content.js'
import type { Course } from './course.js'
import { Deeds } from './deeds.js'
import { askExtension } from './extend.js'
import { factsOf } from './facts.js'
import { Life, type World } from './life.js'
import { OfficeHours } from './officeHours.js'
import type { Firm } from './settle.js'

const INSIDE: readonly HazardSource[] = [HazardSource.SELF_CHECK, HazardSource.EMPLOYEE_REPORT]

/** Tells one hazard from its discovery to where its course ends, or to now; undefined when it is not found yet. */
export function tell(world: World, firm: Firm, text: HazardText, course: Course): Hazard | undefined {
  const cast = new Cast(firm, world.random)
  const life = new Life(world, firm, cast, new OfficeHours(world.random, world.now, !!course.punctual))
  const story = new Story(life, text, course)
  if (!story.found()) return undefined
  story.goOn()
  life.lookNow()
  return life.hazard
}

class Story extends Deeds {
  found(): boolean {
    const { life, course } = this
    const source = this.#source()
    const by = life.cast.finder(source, course.floor)
    return life.report(this.on(course.found), by, factsOf(this.text, source, by, this.random), this.#photos(), life.world.criteria.get(this.text.id))
  }

  #source(): HazardSource {
    const { course, text } = this
    if (course.floor) return HazardSource.EMPLOYEE_REPORT
    if (course.end === 'DRAFT') return HazardSource.GRID_PATROL // a village's word on a major hazard waits for the station
    return INSIDE.includes(text.source) && !this.life.cast.canVerifyInside ? HazardSource.GRID_PATROL : text.source
  }

  #photos(): number {
    if (this.course.onSpot) return 1
    if (this.life.world.lean) return 0
    return this.random.percent(60) ? this.random.whole(1, 2) : 0
  }

  goOn(): void {
    const { course } = this
    if (course.end === 'DRAFT' || !this.register() || course.end === 'REGISTERED') return
    if (course.end === 'VOID') return void this.void()
    if (course.onSpot) return void (this.fixOnSpot() && this.close())
    if (course.listed && !this.list()) return
    if (!this.notify() || !this.plan() || course.end === 'PLANNED' || !this.approve()) return
    if (course.end === 'NOTIFIED') return this.urge()
    if (!this.accept() || (course.extension && !askExtension(this.life, course.extension, (ago) => this.on(ago)))) return
    if (course.end === 'RECTIFYING') return this.urge()
    if (course.end === 'TRANSFERRED') return void this.transfer()
    if (!this.submit(course.submitted) || course.end === 'PENDING') return
    if (course.returned && (!this.return(course.returned) || course.end === 'RETURNED' || !this.submit(course.returned.submitted))) return
    this.close()
  }
}
