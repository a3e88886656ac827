import type { Context } from '../shared/context.js'
import { allThings, type Datum, dataOfThing, type Thing } from '../shared/datum.js'
import type { PlainRow } from '../shared/read/reader.js'
import { type Named, nameOf } from '../shared/read/names.js'
import type { ChangeEntry, ChangeRecord } from './record.js'

export const thingNamed = (name: string): Thing | undefined => allThings().find((thing) => thing.name.toLowerCase() === name.toLowerCase())

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Codes and ids are kept in the log; a reader wants the name. */
const NAMED: Partial<Record<string, Named>> = { division: 'division', station: 'station', enterprise: 'enterprise', enterpriseId: 'enterprise' }

/** A row of the log as a person reads it: who by name, what by the label on the form. */
export async function readable(context: Context, row: PlainRow): Promise<ChangeRecord> {
  const thing = thingNamed(String(row['thing']))
  const data = new Map((thing ? dataOfThing(thing.target) : []).map((datum) => [datum.name, datum]))
  const diff = JSON.parse(String(row['diff'])) as Record<string, [unknown, unknown]>
  const actor = String(row['actor'])
  return {
    seq: String(row['seq']),
    at: String(row['at']),
    actor,
    actorName: await doerName(context, actor, row['stead']),
    act: String(row['act']),
    reason: (row['reason'] as string | null) ?? null,
    thing: String(row['thing']),
    thingLabel: thing?.label ?? String(row['thing']),
    record: String(row['record']),
    entries: await Promise.all(Object.entries(diff).map(([field, [before, after]]) => entry(context, field, data.get(field), before, after))),
  }
}

async function entry(context: Context, field: string, datum: Datum | undefined, before: unknown, after: unknown): Promise<ChangeEntry> {
  const [was, is] = await Promise.all([before, after].map((value) => shown(context, field, value)))
  return { field, label: datum?.label ?? field, kind: datum?.kind ?? 'text', before: was ?? null, after: is ?? null }
}

async function shown(context: Context, field: string, value: unknown): Promise<string | null> {
  if (value === null || value === undefined) return null
  if (typeof value !== 'string') return String(value)
  const what = NAMED[field]
  if (what) return (await nameOf(context, what, value)) ?? value
  const ids = value.split(' ')
  if (ids.every((id) => UUID.test(id))) return (await Promise.all(ids.map(async (id) => (await nameOf(context, 'person', id)) ?? id))).join('、')
  return value
}

/** 谁（代谁）: the log holds who acted; in whose stead is kept beside it. */
async function doerName(context: Context, actor: string, stead: unknown): Promise<string> {
  const name = await personName(context, actor)
  return typeof stead === 'string' ? `${name}（代 ${await personName(context, stead)}）` : name
}

async function personName(context: Context, actor: string): Promise<string> {
  if (!UUID.test(actor)) return actor === 'system' ? '系统' : actor
  return (await nameOf(context, 'person', actor)) ?? actor
}
