import { Enterprise } from '../enterprise/enterprise.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import type { SignedIn } from '../shared/context.js'
import { type ThingClass, thingOf } from '../shared/datum.js'
import { askerOf } from '../shared/read/ask.js'
import { columnNamed } from '../shared/read/column.js'
import { factsOf } from '../shared/read/facts.js'
import type { PlainRow } from '../shared/read/reader.js'
import { type Reading, readingOf, scopeSql } from '../shared/read/reading.js'
import { readOnce, sourceSql } from '../shared/read/source.js'
import { both, joined, raw, sql, type Sql, TRUE } from '../shared/read/sql.js'
import { type Where, whereSql } from '../shared/read/where.js'
import type { Indicator } from './indicators.js'

/** What the statistics can be split by. */
export const SPLITS = ['TOTAL', 'TOWN', 'VILLAGE', 'STATION', 'TRADE', 'COLOR', 'ENTERPRISE'] as const
export type Split = (typeof SPLITS)[number]

export interface IndicatorValue {
  indicator: string
  value: number | null
  num: number | null
  den: number | null
}
export interface StandardRow {
  key: string
  values: IndicatorValue[]
}

/** The figures of all modules, by one key, over the enterprises of a filter: one statement a thing, each module's own formula. */
export async function standardRows(ctx: SignedIn, wanted: readonly Indicator[], split: Split, where: Where | undefined, asOf?: string): Promise<StandardRow[]> {
  const reading = readingOf(ctx, asOf)
  const byThing = Map.groupBy(wanted, ({ target }) => target)
  const rows = new Map<string, Map<string, IndicatorValue>>()
  for (const [target, own] of byThing) {
    if (isOffice(target) && (where || (split !== 'TOTAL' && split !== 'TOWN'))) continue
    for (const row of await look(ctx, reading, target, own, split, where)) {
      const key = String(row['key'] ?? '')
      const values = rows.get(key) ?? new Map<string, IndicatorValue>()
      rows.set(key, values)
      own.forEach((one, i) => values.set(one.key, { indicator: one.key, value: number(row[`v${i}`]), num: number(row[`n${i}`]), den: number(row[`d${i}`]) }))
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, values]) => ({ key, values: wanted.map((one) => values.get(one.key) ?? noneOf(one)) }))
}

/** Of no rows there are none, and no share. */
export const noneOf = ({ key, kind, num, den }: Indicator): IndicatorValue => ({
  ...{ indicator: key, value: kind === 'count' ? 0 : null },
  ...{ num: num ? 0 : null, den: den ? 0 : null },
})

const number = (value: unknown): number | null => (value == null ? null : Number(value))

async function look(
  ctx: SignedIn,
  reading: Reading,
  target: ThingClass,
  own: readonly Indicator[],
  split: Split,
  where: Where | undefined,
): Promise<PlainRow[]> {
  // Asks each enterprise about many tables: those of a past instant are worked out once for the whole statement.
  const asked = (at: Reading) => {
    const figures = own.flatMap(({ value, num, den }, i) => [
      sql`${value.of!('t', at)} as ${raw(`v${i}`)}`,
      ...(num?.of ? [sql`${num.of('t', at)} as ${raw(`n${i}`)}`] : []),
      ...(den?.of ? [sql`${den.of('t', at)} as ${raw(`d${i}`)}`] : []),
    ])
    return sql`select ${keySql(target, split, at)} as key, ${joined(figures, ', ')}
      from ${sourceSql(target, at)} t where ${both(scopeSql(target, 't', at.scope), firmsSql(target, where, at))} group by 1`
  }
  return ctx.reader.run(readOnce(reading, asked), (await factsOf(ctx.reader)).get(thingOf(target).table)?.rows ?? 0, askerOf(ctx))
}

/** What the offices owe is of no enterprise: it stands in the total and beside each town. */
const isOffice = (target: ThingClass) => thingOf(target).name === 'Summary'
const isFirm = (target: ThingClass) => target === Enterprise
const firmColumn = (target: ThingClass): string => (isFirm(target) ? 't.id' : `t.${columnNamed(target, thingOf(target).scope!.enterprise!)}`)

function keySql(target: ThingClass, split: Split, reading: Reading): Sql {
  const scope = thingOf(target).scope!
  const division = `t.${columnNamed(target, scope.division!)}`
  const of = (text: string) => raw(text)
  switch (split) {
    case 'TOTAL':
      return of(`''`)
    case 'TOWN':
      return of(`substr(${division}, 1, 9)`)
    case 'VILLAGE':
      return of(division)
    case 'STATION':
      return of(`coalesce(t.${columnNamed(target, scope.station!)}, '')`)
    case 'TRADE':
      return isFirm(target)
        ? of(`coalesce(t.trade, '')`)
        : sql`coalesce((select ke.trade from ${sourceSql(Enterprise, reading)} ke where ke.id = ${of(firmColumn(target))}), '')`
    case 'COLOR':
      return sql`coalesce((select kr.effective from ${sourceSql(RiskStanding, reading)} kr where kr.enterprise_id = ${of(firmColumn(target))}), '')`
    case 'ENTERPRISE':
      return of(firmColumn(target))
  }
}

function firmsSql(target: ThingClass, where: Where | undefined, reading: Reading): Sql {
  if (!where) return TRUE
  if (isFirm(target)) return whereSql(Enterprise, 't', where, reading)
  return sql`${raw(firmColumn(target))} in (select we.id from ${sourceSql(Enterprise, reading)} we where ${both(scopeSql(Enterprise, 'we', reading.scope), whereSql(Enterprise, 'we', where, reading))})`
}
