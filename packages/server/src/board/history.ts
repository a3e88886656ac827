import { LRUCache } from 'lru-cache'
import { Hazard } from '../hazard/hazard.entity.js'
import { dayOf, type Instant, instant } from '../shared/days.js'
import { lastOf } from '../shared/read/known.js'
import { allOf } from '../shared/allOf.js'
import type { Reader } from '../shared/read/reader.js'
import type { Reading } from '../shared/read/reading.js'
import { readUntouched } from '../shared/read/untouched.js'
import { busy } from '../shared/read/tooSlow.js'
import { divisionRange, type Scope } from '../shared/scope.js'
import { columnOf } from '../shared/read/column.js'
import { COUNTED } from './countedRow.js'
import { CampaignFigures } from './campaignFigures.js'
import { besideThen, picture } from './compose.js'
import { Lately } from './lately.js'
import { groupDigits } from './names.js'
import type { Board } from './snapshot.js'
import { Tally } from './tally.js'
import { thenTally } from './thenTally.js'

const KEPT = 600
const MOST_WAITING = 60
/** A past this near may still gain an act that is just being committed. */
const SETTLED_MS = 60_000

/**
 * The board as it stood at past instants, worked out of the log. The log is only ever added to, so what was true of an
 * instant stays true: each is worked out once for all walls of a scope, one after the other beside the town's work.
 */
export class History {
  readonly #known = new LRUCache<string, Promise<Board>>({ max: KEPT })
  #turn: Promise<unknown> = Promise.resolve()
  #waiting = 0
  readonly #lately: Lately
  private readonly reader: Reader
  constructor(reader: Reader) {
    this.reader = beside(reader)
    this.#lately = new Lately(this.reader, NAMED)
  }

  at({ division, station }: Scope, then: Instant, now: Date): Promise<Board> {
    const scope = { division, ...(station === undefined ? {} : { station }) }
    const settled = Date.parse(then) < now.getTime() - SETTLED_MS
    const key = JSON.stringify([division, station, then])
    const known = this.#known.get(key)
    if (known) return known
    if (this.#waiting >= MOST_WAITING) throw busy('回看的人太多', 10)
    this.#waiting++
    const board = this.#turn.then(() => boardThen(this.reader, this.#lately, scope, then))
    this.#turn = board.catch(() => undefined)
    this.#known.set(key, board)
    const forget = () => void this.#known.delete(key)
    board.then(() => settled || forget(), forget).finally(() => this.#waiting--)
    return board
  }
}

/** The same store, with nothing of it read in the server's own thread: a past is no reason to keep the town waiting. */
function beside(reader: Reader): Reader {
  const { engine, heavy } = reader
  return {
    ...{ engine, heavy },
    all: (text, params) => heavy.all(text, params),
    run: ({ sql: text, params }, _rows, asker) => heavy.all(text, params, asker),
    stream: (text, params, asker) => reader.stream(text, params, asker),
    warm: () => reader.warm(),
    listen: (wake) => reader.listen(wake),
    close: () => reader.close(),
  }
}

const histories = new WeakMap<Reader, History>()
export function historyOf(reader: Reader): History {
  let history = histories.get(reader)
  if (!history) histories.set(reader, (history = new History(reader)))
  return history
}

/** What the figures of a past instant name of a hazard. */
const NAMED = [...COUNTED.map((name) => columnOf({ name, kind: 'text' })), 'number', 'workshop', 'registered_at', 'enterprise_id']

async function boardThen(reader: Reader, lately: Lately, scope: Scope, asOf: Instant): Promise<Board> {
  const today = dayOf(asOf)
  const reading: Reading = { engine: reader.engine, scope, today, asOf }
  const known = lately.known(reading)
  known.catch(() => undefined) // whoever waits for it is told
  const untouched = await readUntouched(reader, reading)
  const board = await workOut(reader, { ...reading, untouched }, known)
  // Something was committed meanwhile that it did not reckon with: each statement works out for itself what has changed.
  const [{ seq }, last, still] = await allOf([known, lastOf(reader, Hazard), readUntouched(reader, reading)])
  const holds = (seq === undefined || seq === last) && [...untouched].every((thing) => still.has(thing))
  return holds ? board : workOut(reader, reading, Promise.resolve(reading))
}

/** `known`: what has changed of hazards since, read for all statements about them. */
async function workOut(reader: Reader, reading: Reading, known: Promise<Reading>): Promise<Board> {
  const { scope, today, asOf } = reading
  const ofHazards = known.then((at) => ({ ...at, ...reading }))
  ofHazards.catch(() => undefined) // whoever waits for it is told
  const campaign = new CampaignFigures(reader, scope, reading)
  const [digits] = await allOf([groupDigits(reader, scope.division), campaign.plan(today)])
  // None of these waits for another, for the instant does not change any more. What takes longest begins first.
  const [, tally, beside, place] = await allOf([
    campaign.count(today, undefined, ofHazards),
    ofHazards.then((at) => thenTally(reader, at, () => new Tally(scope, today, digits))),
    ofHazards.then((at) => besideThen(reader, at, digits)),
    placeInLog(reader, scope, asOf!),
  ])
  return { ...picture(tally, beside), campaign: campaign.shown, asOf: asOf!, ...place }
}

async function placeInLog(reader: Reader, { division, station }: Scope, asOf: Instant): Promise<Pick<Board, 'seq' | 'changedAt'>> {
  const [low, high] = divisionRange(division)
  const [row] = await reader.all(
    `select seq, at from change where thing = 'Hazard' and at <= ? and division >= ? and division < ?${station === undefined ? '' : ' and station = ?'} order by at desc, seq desc limit 1`,
    [asOf, low, high, ...(station === undefined ? [] : [station])],
  )
  return { seq: String(row?.['seq'] ?? 0), changedAt: (row?.['at'] as string | undefined) ?? null }
}

const beginnings = new WeakMap<Reader, Instant>()
/** Since when there is a past to look at: it never changes once there is one. */
export async function beginningOf(reader: Reader, now: Date): Promise<Instant> {
  const known = beginnings.get(reader)
  if (known) return known
  const [row] = await reader.all('select at from change order by seq limit 1')
  const at = row?.['at'] as string | undefined
  if (at) beginnings.set(reader, at)
  return at ?? instant(now)
}
