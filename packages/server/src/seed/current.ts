import type { Course } from './course.js'
import type { Random } from './random.js'

/** A kind of story that is under way today: how many there are, whether of a major hazard, and its course. */
export interface Current {
  many: number
  major?: boolean
  course: (random: Random, i: number) => Course
}

/** Days late, so that every step of the escalation is on the board (domain.md §4.6). */
const LATE = [1, 1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 17, 20, 24, 33]

/** What is going on in the town today, whatever day today is. */
export const CURRENT: readonly Current[] = [
  { many: 6, course: (random) => ({ end: 'DRAFT', found: random.whole(0, 2), floor: true, punctual: true }) },
  { many: 3, major: true, course: (random) => ({ end: 'DRAFT', found: random.whole(0, 1), punctual: true }) },
  { many: 12, course: (random) => ({ end: 'REGISTERED', found: random.whole(0, 2), punctual: true }) },
  { many: 14, course: (random) => open(random, 'NOTIFIED', random.whole(0, 3), -random.whole(3, 9)) },
  { many: 5, course: (random) => open(random, 'RECTIFYING', random.whole(3, 8), 0) },
  { many: 12, course: (random, i) => open(random, 'RECTIFYING', random.whole(2, 6), -1 - (i % 3)) },
  { many: 20, course: (random) => open(random, 'RECTIFYING', random.whole(1, 5), -random.whole(4, 15)) },
  { many: LATE.length, course: (random, i) => late(random, LATE[i]!) },
  { many: 14, course: (random) => waiting(random, random.whole(0, 2)) },
  { many: 4, course: (random, i) => ({ ...waiting(random, 3), due: 1 + i }) },
  { many: 5, course: (random) => ({ ...waiting(random, 4), end: 'RETURNED', returned: { on: random.whole(0, 2), due: -random.whole(2, 6), submitted: 0 } }) },
  { many: 7, course: (random) => ({ ...waiting(random, random.whole(0, 1)), end: 'CLOSED', reviewed: 0 }) },
  {
    many: 4,
    course: (random) => ({
      ...open(random, 'RECTIFYING', random.whole(3, 6), -random.whole(3, 6)),
      extension: { asked: random.whole(0, 1), to: -random.whole(9, 14), approved: false },
    }),
  },
  { many: 2, major: true, course: (random) => open(random, 'PLANNED', 2, -random.whole(10, 20)) },
  { many: 3, major: true, course: (random) => ({ ...open(random, 'RECTIFYING', random.whole(5, 9), -random.whole(6, 20)), listed: true }) },
  { many: 2, major: true, course: (random, i) => ({ ...late(random, 4 + 5 * i), listed: true }) },
  { many: 2, major: true, course: (random) => ({ ...waiting(random, 1), end: 'SIGNED_ONCE', reviewed: 0 }) },
]

function open(random: Random, end: Course['end'], notified: number, due: number): Course {
  return { end, found: notified + random.whole(0, 1), notified, due, accepted: random.whole(0, Math.max(0, notified - 1)), punctual: true }
}

function late(random: Random, days: number): Course {
  const notified = days + random.whole(4, 9)
  return {
    ...open(random, random.percent(20) ? 'NOTIFIED' : 'RECTIFYING', notified, days),
    accepted: notified - random.whole(0, 2),
    ...(random.percent(50) ? { urged: random.whole(0, days - 1) } : {}),
  }
}

const waiting = (random: Random, submitted: number): Course => ({
  ...open(random, 'PENDING', submitted + random.whole(2, 6), submitted - random.whole(1, 5)),
  accepted: submitted + 1,
  submitted,
})
