import fc from 'fast-check'
import { datumOf, type ThingClass } from '../../datum.js'
import { answerOf, MustRefuse, type Told } from './answers.js'
import { type Question, targetOf } from './question.js'
import type { Reader } from './readers.js'
import { WHO } from './readers.js'
import type { World } from './world.js'

/** The lists at the top, and how often each is asked for. */
const LISTS: [field: string, thing: string, weight: number][] = [
  ['hazards', 'Hazard', 8],
  ['enterprises', 'Enterprise', 5],
  ['extensions', 'Extension', 2],
  ['divisionsConnection', 'Division', 1],
  ['stationsConnection', 'Station', 1],
  ['criteriaConnection', 'Criterion', 1],
]

/** Who asks, and how the world stood at the instants that are asked for; undefined is now. */
interface Asking {
  readers: Record<string, Reader>
  worlds: Map<string | undefined, World>
}

/** What one person asks in one request. */
export interface Asked {
  who: string
  questions: Question[]
}

export const listed = <T>(make: (field: string, target: ThingClass) => fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof(...LISTS.map(([field, thing, weight]) => ({ weight, arbitrary: make(field, targetOf({ thing })) })))

/** Several questions of one person at once, now or as of then. */
export const asked = (town: Asking, size: number, question: fc.Arbitrary<Question>): fc.Arbitrary<Asked> => {
  // The past is read from the log, which takes ten times as long: one question in ten is about it.
  const asOf = fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...town.worlds.keys()) })
  const one = fc.tuple(question, asOf).map(([of, then]) => ({ ...of, asOf: then }))
  return fc.record({ who: fc.constantFrom(...WHO), questions: fc.array(one, { minLength: size, maxLength: size, size: 'max' }) })
}

/**
 * The rows of a list at the top, before any filter: a division's own list ends where its reader's territory does, and of
 * what hangs on a hazard a workshop sees what hangs on its own.
 */
export const rowsOf = (world: World, question: Question, { scope }: Reader) =>
  world.seen(targetOf(question), scope).filter((row) => {
    if (question.thing === 'Division') return String(row['code']).startsWith(scope.division)
    return question.thing !== 'Extension' || scope.workshop === undefined || world.one(datumOf(targetOf(question), 'hazard')!, row, scope) !== null
  })

/** What is to be answered; a refusal's code where one must be. */
export function wanted(town: Asking, who: string, question: Question): Told | string {
  const world = town.worlds.get(question.asOf)!
  const reader = town.readers[who]!
  try {
    return answerOf(world, question, rowsOf(world, question, reader), reader)
  } catch (error) {
    if (error instanceof MustRefuse) return error.message
    throw error
  }
}

/** Means of one set of rows on two engines differ behind the twelfth digit, and nowhere else. */
export const comparable = (told: unknown): unknown =>
  JSON.parse(JSON.stringify(told), (_key, value: unknown) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value))
