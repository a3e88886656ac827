import { ownedSql } from '../attachment/owners.js'
import { readable, readableThrough } from '../report/rights.js'
import { Capability, mayRole } from '../shared/capability.js'
import type { SignedIn } from '../shared/context.js'
import { dataOfThing, type Thing, thingOf } from '../shared/datum.js'
import { both, type Sql } from '../shared/read/sql.js'
import { columnOf } from '../shared/read/column.js'
import { scopeSql } from '../shared/read/reading.js'

type Rule = (ctx: SignedIn) => Sql

const sql = (text: string, ...params: unknown[]): Sql => ({ sql: text, params })
const NEVER = sql('1 = 0')
const ALWAYS = sql('1 = 1')
const admin = ({ actor }: SignedIn) => actor.role === 'ADMIN'

/** What the scope columns do not say about who may read a record's history (alias t). A thing not named here goes by its scope alone. */
const RULES: Record<string, Rule> = {
  Person: (ctx) => (admin(ctx) ? ALWAYS : sql('t.id = ?', ctx.actor.id)),
  Session: (ctx) => (admin(ctx) ? ALWAYS : sql('t.person_id = ?', ctx.actor.id)),
  BoardMap: ({ actor }) => (mayRole(actor.role, Capability.REFERENCE) ? ALWAYS : NEVER),
  BoardLink: ({ actor }) => (mayRole(actor.role, Capability.BOARD_LINKS) ? ALWAYS : NEVER),
  // Not attached yet: nobody sees a file but its sender.
  Attachment: ({ actor }) => ownedSql('t', actor),
  // Below the reader's own, or above it.
  Division: ({ actor }) => sql(`(t.code like ? or ? like t.code || '%')`, `${actor.scope.division}%`, actor.scope.division),
  Question: ({ actor }) => sql('t.owner = ?', actor.id),
  ApiToken: (ctx) => (admin(ctx) ? ALWAYS : sql('t.owner = ?', ctx.actor.id)),
  // The county reads what has been signed (report/rights.ts).
  Summary: (ctx) => readable(ctx),
  ...Object.fromEntries(['SummaryCorrection', 'SummaryChase', 'ChosenPractice'].map((name) => [name, (ctx: SignedIn) => readableThrough(ctx)])),
  Station: () => ALWAYS,
  Criterion: () => ALWAYS,
  Setting: () => ALWAYS,
}

/** Whether the record exists and lies before the reader's eyes: by its own scope and by that of what it hangs on. */
export async function visible(ctx: SignedIn, thing: Thing, record: string): Promise<boolean> {
  const rule = RULES[thing.name] ?? (thing.open ? () => ALWAYS : undefined)
  if (!thing.scope && !rule) return false
  const { scope } = ctx.actor
  const hangsOn = dataOfThing(thing.target).flatMap((datum) => {
    if (datum.kind !== 'link') return []
    const to = thingOf(datum.target!())
    if (!to.scope) return []
    const inner = scopeSql(to.target, 'o', scope)
    const column = `t.${columnOf(datum)}`
    return [sql(`(${column} is null or exists (select 1 from ${to.table} o where o.id = ${column} and (${inner.sql})))`, ...inner.params)]
  })
  const where = both(sql('t.id = ?', record), scopeSql(thing.target, 't', scope), rule?.(ctx) ?? ALWAYS, ...hangsOn)
  const rows = await ctx.reader.all(`select 1 as yes from ${thing.table} t where ${where.sql}`, where.params)
  return rows.length > 0
}
