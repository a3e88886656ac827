import type { Random } from './random.js'
import type { HazardText } from './content.js'
import { HazardSeverity, ManageType } from '../hazard/terms.js'

/** Where a story has come by now. A story of the past simply runs on until it is over. */
export type End = 'DRAFT' | 'REGISTERED' | 'NOTIFIED' | 'PLANNED' | 'RECTIFYING' | 'PENDING' | 'SIGNED_ONCE' | 'RETURNED' | 'CLOSED' | 'TRANSFERRED' | 'VOID'

/** When what happens to one hazard, in days before today; negative days lie ahead. */
export interface Course {
  end: End
  found: number
  registered?: number
  notified?: number
  due?: number
  accepted?: number
  submitted?: number
  reviewed?: number
  /** Sent back once, with the day on which it was handed in again and the new deadline. */
  returned?: { on: number; due: number; submitted: number }
  extension?: { asked: number; decided?: number; to: number; approved: boolean }
  onSpot?: boolean
  listed?: boolean
  urged?: number
  /** Must have come exactly so far by today. */
  punctual?: boolean
  /** Found by somebody on the shop floor. */
  floor?: boolean
}

/** How reliable an enterprise is, in per cent: what it fixes in time, what passes at the first review. */
export interface Habits {
  onTime: number
  firstPass: number
}

/** A hazard of the past: found so many days ago and, unless the day has not come yet, long over. */
export function pastCourse(random: Random, text: HazardText, found: number, habits: Habits): Course {
  const fate = random.weighted([
    ['CLOSED', 955],
    ['VOID', 25],
    ['TRANSFERRED', 20],
  ] as const)
  if (text.severity === HazardSeverity.GENERAL && text.manageType === ManageType.IMMEDIATE && fate === 'CLOSED' && random.percent(80)) {
    const reviewed = found - (random.percent(85) ? 0 : random.whole(1, 2))
    return { end: 'CLOSED', found, onSpot: true, submitted: found, reviewed }
  }
  const registered = found - (text.severity === HazardSeverity.MAJOR ? random.whole(0, 1) : 0)
  const notified = registered - random.whole(0, 1)
  const term = Math.max(text.deadlineDays, 2)
  const due = notified - term
  const late = !random.percent(habits.onTime)
  const reviewed = late
    ? due -
      random.weighted([
        [random.whole(1, 2), 45],
        [random.whole(3, 6), 30],
        [random.whole(7, 14), 17],
        [random.whole(15, 24), 8],
      ])
    : notified - random.whole(Math.ceil(term / 3), term)
  const submitted = Math.min(notified, reviewed + random.whole(0, 2))
  const course: Course = { end: fate, found, registered, notified, due, accepted: Math.max(submitted, notified - random.whole(0, 1)), submitted, reviewed }
  if (!random.percent(habits.firstPass)) {
    const again = random.whole(2, 7)
    course.returned = { on: reviewed, due: reviewed - again, submitted: reviewed - random.whole(1, again) }
    course.reviewed = course.returned.submitted - random.whole(0, 1)
  } else if (term >= 12 && text.severity === HazardSeverity.GENERAL && random.percent(35)) {
    const asked = due + random.whole(2, 4)
    const approved = random.percent(80)
    course.extension = { asked, decided: asked - random.whole(0, 1), to: due - random.whole(4, 10), approved }
    if (approved) Object.assign(course, { submitted: due - random.whole(1, 3), reviewed: due - random.whole(3, 4) })
  }
  if (text.severity === HazardSeverity.MAJOR && random.percent(25)) course.listed = true
  return course
}
