import { type Datum, type ThingClass } from '../datum.js'
import { Refusal } from '../refusal.js'
import { columnNamed, columnOf, meetingMany } from './column.js'
import { compare } from './compare.js'
import { limitsOf } from './limits.js'
import { measureSql } from './measure.js'
import { datumFor, hopSql, type Reading } from './reading.js'
import { ofThose, sourceSql } from './source.js'
import { both, either, raw, sql, type Sql, TRUE } from './sql.js'

export type Where = Record<string, unknown>
type Is = Record<string, unknown>

/** Compiles a graph filter; refuses one that is too deep, too wide or compares with a too long list, saying which part. */
export function whereSql(target: ThingClass, alias: string, where: Where | null | undefined, reading: Reading): Sql {
  return where ? new Filter(reading).of(target, alias, where, 0, 0) : TRUE
}

class Filter {
  #leaves = 0
  #hops = 0
  constructor(private readonly reading: Reading) {}

  of(on: ThingClass, at: string, condition: Where, depth: number, hops: number): Sql {
    const limits = limitsOf()
    if (depth > limits.depth) throw new Refusal('QUERY_TOO_DEEP', `筛选条件最多嵌套 ${limits.depth} 层，请减少 and/or/not 的层数`)
    if (hops > limits.hops) throw new Refusal('QUERY_TOO_DEEP', `筛选条件最多跨 ${limits.hops} 层关系`)
    const parts: Sql[] = []
    for (const [name, value] of Object.entries(condition)) {
      if (value == null) continue
      if (name === 'and' || name === 'or') {
        const list = (value as Where[]).map((one) => this.of(on, at, one, depth + 1, hops))
        if (list.length) parts.push((name === 'and' ? both : either)(...list))
      } else if (name === 'not') parts.push(not(this.of(on, at, value as Where, depth + 1, hops)))
      else parts.push(this.#leaf(on, at, name, value as Is, depth, hops))
    }
    return both(...parts)
  }

  #leaf(on: ThingClass, at: string, name: string, is: Is, depth: number, hops: number): Sql {
    const datum = datumFor(on, name, 'filter', this.reading)
    if (datum.kind === 'many') return this.#many(at, datum, is, depth, hops)
    if (datum.kind === 'link' || datum.kind === 'lookup') return this.#one(on, at, datum, is, depth, hops)
    return this.is(raw(`${at}.${columnOf(datum)}`), is, datum)
  }

  /** All comparisons of one value. */
  is(value: Sql, is: Is, compared: Pick<Datum, 'label' | 'kind'>): Sql {
    return both(
      ...Object.entries(is).map(([op, operand]) => {
        this.count()
        return compare(value, op, operand, compared, this.reading.engine)
      }),
    )
  }

  count(): void {
    const { leaves } = limitsOf()
    if (++this.#leaves > leaves) throw new Refusal('QUERY_TOO_WIDE', `筛选条件最多 ${leaves} 个，请拆成几次查询`)
  }

  /** Asked once for the ids that fit, not once for every row. */
  #one(on: ThingClass, at: string, datum: Datum, condition: Where, depth: number, hops: number): Sql {
    this.count()
    const to = datum.target!()
    const next = `h${++this.#hops}`
    const fits = both(hopSql(to, next, this.reading), this.of(to, next, condition, depth + 1, hops + 1))
    const { name, to: code, length } = datum.by ?? {}
    const here = name ? `${at}.${columnNamed(on, name)}` : `${at}.${columnOf(datum)}`
    const there = code ? columnNamed(to, code) : 'id'
    return sql`${raw(length ? `substr(${here}, 1, ${length})` : here)} in (select ${raw(`${next}.${there}`)} from ${sourceSql(to, this.reading)} ${raw(next)} where ${fits})`
  }

  #many(at: string, datum: Datum, asked: Is, depth: number, hops: number): Sql {
    const child = datum.target!()
    return both(
      ...Object.entries(asked).map(([quantor, value]) => {
        if (value == null) return TRUE
        this.count()
        const next = `h${++this.#hops}`
        const belong = raw(meetingMany(datum, at, next))
        const seen = hopSql(child, next, this.reading)
        const from = sql`${sourceSql(child, this.reading)} ${raw(next)}`
        const those = (fits: Sql) => sql`${from} where ${ofThose(belong, both(seen, fits), this.reading)}`
        if (quantor === 'aggregate') return this.#aggregate(child, next, those, value as Is, depth, hops)
        const fits = this.of(child, next, value as Where, depth + 1, hops + 1)
        const exists = sql`exists (select 1 from ${those(quantor === 'every' ? not(fits) : fits)})`
        return quantor === 'some' ? exists : sql`not ${exists}`
      }),
    )
  }

  /** `{where, count: {gte: 3}, sum: {costFen: {gt: 0}}, …}` over the rows of a to-many relation. */
  #aggregate(child: ThingClass, next: string, those: (fits: Sql) => Sql, { where, ...measures }: Is, depth: number, hops: number): Sql {
    const fits = where ? this.of(child, next, where as Where, depth + 1, hops + 1) : TRUE
    const conditions = Object.entries(measures).flatMap(([of, asked]) => {
      if (asked == null) return []
      const each: [string, string | undefined, Is][] =
        of === 'count' ? [['count', undefined, asked as Is]] : Object.entries(asked as Record<string, Is>).map(([name, is]) => [of, name, is])
      return each.map(([kind, name, is]) => {
        const measure = measureSql(child, next, kind, name, this.reading)
        return this.is(sql`(select ${measure.value} from ${those(fits)})`, is, { label: measure.label, kind: 'whole' })
      })
    })
    return both(...conditions)
  }
}

const not = (condition: Sql): Sql => sql`not coalesce((${condition}), false)`
