import { act, type Acting } from '../shared/act.js'
import { type Day, endOf, instant } from '../shared/days.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import { inScope, type Scope } from '../shared/scope.js'
import { personOf } from '../person/personOf.js'
import { ReminderDigest } from './digest.entity.js'
import { countsOf, MOST_SAID, type SaidItem } from './message.js'
import { enqueue, wakeOutbox } from './outbox.js'
import { ReminderKind } from './reminder.entity.js'

const BATCH = 200

interface Told extends SaidItem {
  division: string
  station: string | null
  enterprise: string | null
  person: string | null
}
interface Listener {
  id: string
  role: string
  scope: Scope
  muted: string[]
  mail: boolean
}

interface Summed {
  /** How many the digest of this day held that is there already. */
  before: number | undefined
  one: Listener
  items: Told[]
}

/** 每日汇总: one message for each person and day with what he was told and has not switched off; by mail to those who asked for it. */
export async function sumUp(acting: () => Acting, reader: Reader, day: Day): Promise<number> {
  const all = await summedOn(reader, day)
  for (let i = 0; i < all.length; i += BATCH) await write(acting(), all.slice(i, i + BATCH), day)
  return all.filter(({ before }) => before === undefined).length
}

/** Those who were told something on a day of which they have no digest, or one that holds less. */
export async function summedOn(reader: Pick<Reader, 'all'>, day: Day): Promise<Summed[]> {
  const told = bucketed(await toldOn(reader, day))
  if (!told.size) return []
  const done = new Map((await reader.all('select person, items from reminder_digest where day = ?', [day])).map((row) => [row['person'], Number(row['items'])]))
  return (await peopleOf(reader)).flatMap((one) => {
    const items = ownOf(one, told)
    const before = done.get(one.id)
    return items.length > (before ?? 0) ? [{ one, items, before }] : []
  })
}

export const digestOf = ({ one, items }: Summed, day: Day) => ({ person: one.id, day, items: items.length, text: countsOf(items) })

function write(doing: Acting, part: readonly Summed[], day: Day): Promise<void> {
  const at = instant(new Date(Math.min(Date.parse(endOf(day)), doing.now.getTime())))
  return act(doing, 'remindDigest', async ({ em, after }) => {
    const known = new Map((await em.find(ReminderDigest, { day, person: { $in: part.map(({ one }) => one.id) } })).map((digest) => [digest.person, digest]))
    for (const one of part) em.persist(Object.assign(known.get(one.one.id) ?? Object.assign(new ReminderDigest(), { createdAt: at }), digestOf(one, day)))
    // One mail a day: what comes later stands in the inbox.
    const mails = part.filter(({ one, before }) => one.mail && before === undefined)
    if (!mails.length) return
    const said = (items: readonly Told[]) => items.slice(0, MOST_SAID).map(({ kind, day: on, number }) => ({ kind, day: on, ...(number ? { number } : {}) }))
    await enqueue(
      em,
      mails.map(({ one, items }) => ({ person: one.id, said: { items: said(items), total: items.length } })),
      doing.now,
    )
    after(wakeOutbox)
  })
}

async function toldOn(reader: Pick<Reader, 'all'>, day: Day): Promise<(Told & { audience: string })[]> {
  const rows = await reader.all(
    `select r.kind as kind, r.audience as audience, r.person as person, r.division as division, r.station as station, r.enterprise_id as enterprise, h.number as number
    from reminder r left join hazard h on h.id = r.hazard_id where r.day = ? order by r.created_at, r.id`,
    [day],
  )
  const text = (row: PlainRow, key: string) => (row[key] as string | null) ?? null
  return rows.map((row) => ({
    ...{ kind: row['kind'] as ReminderKind, audience: String(row['audience']), day, ...(row['number'] ? { number: String(row['number']) } : {}) },
    ...{ division: String(row['division']), station: text(row, 'station'), enterprise: text(row, 'enterprise'), person: text(row, 'person') },
  }))
}

/** By audience and, of enterprises, by the enterprise: nobody looks through what is told to thousands of others. */
function bucketed(told: readonly (Told & { audience: string })[]): Map<string, Told[]> {
  const buckets = new Map<string, Told[]>()
  for (const one of told) {
    const key = `${one.audience} ${one.audience === 'ENTERPRISE' ? (one.enterprise ?? '') : ''}`
    const known = buckets.get(key)
    if (known) known.push(one)
    else buckets.set(key, [one])
  }
  return buckets
}

const ownOf = ({ id, role, scope, muted }: Listener, told: ReadonlyMap<string, Told[]>): Told[] =>
  (told.get(`${role} ${role === 'ENTERPRISE' ? (scope.enterprise ?? '') : ''}`) ?? []).filter(
    (one) =>
      (!one.person || one.person === id) &&
      !muted.includes(one.kind) &&
      inScope(scope, { division: one.division, station: one.station, enterprise: one.enterprise }),
  )

async function peopleOf(reader: Pick<Reader, 'all'>): Promise<Listener[]> {
  const rows = await reader.all(
    `select p.id, p.name, p.role, p.division, p.station, p.enterprise, p.workshop, p.must_change_password as must, c.muted as muted, c.mail as mail
    from person p left join reminder_choice c on c.person = p.id where p.disabled_at is null and p.role not in ('ADMIN', 'COUNTY') order by p.id`,
  )
  return rows.flatMap((row) => {
    const person = personOf(row)
    try {
      return [{ id: person.id, role: person.role, scope: person.scope(), muted: String(row['muted'] ?? '').split(' '), mail: !!row['mail'] }]
    } catch {
      return [] // an account that lacks what its role needs sees nothing
    }
  })
}
