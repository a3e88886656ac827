import { getNamedType, isObjectType } from 'graphql'
import { contextFor } from './app.js'
import { WALL_FIELDS } from './board/wallPass.js'
import { jobOf } from './daily.js'
import { Division, DivisionLevel } from './division/division.entity.js'
import type { Actor } from './shared/context.js'
import { instant } from './shared/days.js'
import type { Door } from './shared/door.js'
import { factsOf } from './shared/read/facts.js'
import { runQuery } from './shared/runQuery.js'
import { EVERYWHERE } from './shared/scope.js'
import type { Store } from './store.js'

const JUST_NOW_MS = 120_000
const MONTH_MS = 30 * 86_400_000

/**
 * What a process learns by its first answers it learns before anybody waits for one: what tables there are, each connection
 * for itself, and how a wall's question is answered. Of an instant just past, for since then hardly anything has changed;
 * then of a month ago, as far back as a replay goes, which brings that much of the log to mind.
 */
export async function warmUp(store: Store, door: Door, now: Date): Promise<void> {
  await Promise.all([store.reader.warm(), factsOf(store.reader)])
  const town = await store.em(EVERYWHERE).findOne(Division, { level: DivisionLevel.TOWN }, { orderBy: { code: 'asc' } })
  if (!town) return
  const actor: Actor = { id: 'warm-up', name: '', role: 'BOARD', scope: { division: town.code }, mustChangePassword: false, opens: WALL_FIELDS }
  const query = `query ($at: Instant!) { boardThen(at: $at) ${everything(door, 'Board')} }`
  for (const ago of [JUST_NOW_MS, MONTH_MS]) {
    const prepared = door.prepare({ query, variables: { at: instant(new Date(now.getTime() - ago)) } }, actor)
    if (!('document' in prepared)) throw prepared[0]!
    const { errors } = await runQuery(prepared.schema, prepared, contextFor(store, jobOf(actor, now)))
    if (errors) throw errors[0]!
  }
}

/** All that can be asked of a type without arguments, down to the last. */
function everything(door: Door, name: string): string {
  const type = door.schema.getType(name)
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.length)
  return `{ ${fields.map((field) => `${field.name} ${everything(door, getNamedType(field.type).name)}`).join(' ')} }`
}
