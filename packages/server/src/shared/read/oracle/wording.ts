import type { Families, GroupKey } from './groups.js'
import type { Question, Shown } from './question.js'

/** The variables of one document, each declared with its type. */
export class Variables {
  readonly values: Record<string, unknown> = {}
  readonly #types: string[] = []

  take(type: string, value: unknown): string {
    const name = `v${this.#types.length}`
    this.#types.push(`$${name}: ${type}`)
    this.values[name] = value
    return `$${name}`
  }
  declared = (): string => (this.#types.length ? `(${this.#types.join(', ')})` : '')
}

/** A question as the graph reads it, under a name of its own. */
export function worded(name: string, asked: Question, variables: Variables): string {
  const { page, thing } = asked
  const given: [string, string, unknown][] = [
    ['where', `${thing}Where`, asked.where],
    ['orderBy', `[${thing}Order!]`, page && asked.orderBy],
    ['asOf', 'Instant', asked.asOf],
    ['first', 'Int', page?.first],
    ['offset', 'Int', page?.offset],
  ]
  const parts = [
    ...(page ? [`nodes ${shownText(page.shown, variables)} pageInfo { hasNextPage hasPreviousPage }`] : []),
    ...(asked.total ? ['totalCount'] : []),
    ...(asked.aggregate ? [`aggregate { count ${familiesText(asked.aggregate)} }`] : []),
    ...(asked.groups ? [groupsText(thing, asked.groups, variables)] : []),
    ...(asked.distinct ? [distinctText(thing, asked.distinct, variables)] : []),
  ]
  return `${name}: ${asked.field}${argumentsOf(given, variables)} { ${parts.join(' ') || '__typename'} }`
}

const argumentsOf = (given: [string, string, unknown][], variables: Variables): string => {
  const asked = given.filter(([, , value]) => value !== undefined).map(([name, type, value]) => `${name}: ${variables.take(type, value)}`)
  return asked.length ? `(${asked.join(', ')})` : ''
}

function shownText({ fields, links, many }: Shown, variables: Variables): string {
  const below = Object.entries(links).map(([name, inner]) => `${name} ${shownText(inner, variables)}`)
  return `{ ${[...fields, ...below, ...many.map((one, i) => worded(`m${i}`, one, variables))].join(' ')} }`
}

const familiesText = (families: Families): string =>
  Object.entries(families)
    .map(([family, fields]) => `${family} { ${fields.join(' ')} }`)
    .join(' ')

function groupsText(thing: string, asked: NonNullable<Question['groups']>, variables: Variables): string {
  const { keys, families, records } = asked
  const given: [string, string, unknown][] = [
    ['having', `${thing}Having`, asked.having],
    ['orderBy', '[GroupOrder!]', asked.orderBy],
    ['limit', 'Int!', asked.limit],
    ['fill', 'Boolean!', asked.fill],
  ]
  const several: [string, string, unknown][] = records
    ? [
        ['first', 'Int!', records.first],
        ['orderBy', `[${thing}Order!]`, records.orderBy],
      ]
    : []
  const nodes = records ? `nodes${argumentsOf(several, variables)} ${shownText(records.shown, variables)}` : ''
  const key = keys.length ? `key { ${keys.map(keyText).join(' ')} }` : ''
  return `groups${argumentsOf(given, variables)} { truncated nodes { ${key} count share ${familiesText(families)} ${nodes} } }`
}

function keyText({ at, path, by, zone }: GroupKey): string {
  const span = by ? `(by: ${by}${zone ? `, zone: ${zone}` : ''})` : ''
  const leaf = `${at.at(-1)!}: ${path.at(-1)!}${span}`
  return path.slice(0, -1).reduceRight((inner, name) => `${name} { ${inner} }`, leaf)
}

const distinctText = (thing: string, { field, contains, limit }: NonNullable<Question['distinct']>, variables: Variables): string => {
  const given: [string, string, unknown][] = [
    ['field', `${thing}Field!`, field],
    ['contains', 'String', contains],
    ['limit', 'Int!', limit],
  ]
  return `distinctValues${argumentsOf(given, variables)} { values { value count } truncated }`
}
