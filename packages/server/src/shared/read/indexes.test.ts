import type { GraphQLInputObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LISTS } from '../../lists.js'
import { openStore, type Store } from '../../store.js'
import { emptyStore, removeStores } from '../../testing/store.js'
import { allThings, Choice, type Datum, dataOfThing, Day, Identity, Text, Thing, type Thing as Known, thingOf } from '../datum.js'
import { buildGraph } from '../../schema.js'
import { columnOf } from './column.js'
import type { ListField } from './listField.js'

const THINGS = allThings()
/** Things that nobody thought through, made after those of the town were counted. */
@Thing('样本', { table: 'hazard', scope: { division: 'division' } })
class Probe {
  @Identity() id!: string
  @Day('有索引') foundOn!: string
  @Text('没有索引', { max: 40 }) nobodyIndexed!: string
  @Choice('只排序', { A: 'A' }, { filter: false, sort: true }) sortedOnly!: string
  @Text('长文本') prose!: string
  @Text('不筛选', { max: 40, filter: false }) kept!: string
}
@Thing('没有规矩的样本', { table: 'hazard', scope: 'closed' })
class Astray {
  @Identity() id!: string
}

let store: Store
/** The columns with which an index begins, by table, as the engine itself tells. */
let indexed: Map<string, Set<string>>
beforeAll(async () => {
  const { DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = await emptyStore()
  store = await openStore({ dataDir, databaseUrl })
  indexed = await indexesOf(store)
})
afterAll(async () => {
  await store.close()
  await removeStores()
})

async function indexesOf({ engine, reader }: Store): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  const take = (table: string, column: string) => found.set(table, (found.get(table) ?? new Set()).add(column))
  if (engine === 'postgres') {
    const rows = await reader.all("select tablename, indexdef from pg_indexes where schemaname = current_schema() and indexdef not like '% WHERE %'")
    for (const row of rows) take(String(row['tablename']), /\("?(\w+)/.exec(String(row['indexdef']))![1]!)
    return found
  }
  for (const { name } of await reader.all("select name from sqlite_schema where type = 'table' and name not like 'sqlite%'"))
    for (const index of await reader.all(`select name from pragma_index_list('${String(name)}') where partial = 0`)) {
      const [first] = await reader.all(`select name from pragma_index_info('${String(index['name'])}') where seqno = 0`)
      take(String(name), String(first!['name']))
    }
  return found
}

/** Not a column of its own. */
const COMPUTED = new Set(['derived', 'lookup', 'many'])
/** A text without a bound is only searched in (`contains`): no index of either engine serves that. */
const isProse = (datum: Datum) => datum.kind === 'text' && datum.max === undefined
const isOffered = (datum: Datum) => datum.shown && (datum.filter !== false || datum.sort !== false) && !COMPUTED.has(datum.kind)

const withoutIndex = ({ target, table }: Known): string[] =>
  dataOfThing(target)
    .filter((datum) => isOffered(datum) && !isProse(datum) && !indexed.get(table)?.has(columnOf(datum)))
    .map(({ name }) => `${target.name}.${name}`)

describe('whatever can be filtered or sorted by has an index', () => {
  test.each(THINGS.map((thing) => [thing.name, thing] as const))('%s', (_name, thing) => {
    expect(withoutIndex(thing)).toEqual([])
  })

  test('a datum that somebody adds without one is found', () => {
    expect(withoutIndex(thingOf(Probe))).toEqual(['Probe.nobodyIndexed', 'Probe.sortedOnly'])
  })

  test('and prose is offered only for what it can do', () => {
    const schema = buildGraph()
    const fieldsOf = (name: string) => (schema.getType(name) as GraphQLInputObjectType | undefined)?.getFields()
    expect(Object.keys(fieldsOf('ProseIs')!)).toEqual(['contains', 'isNull'])
    for (const { target } of THINGS)
      for (const datum of dataOfThing(target).filter((one) => isOffered(one) && isProse(one))) {
        expect(datum.sort, `${target.name}.${datum.name}`).toBe(false)
        expect(String(fieldsOf(`${target.name}Where`)?.[datum.name]?.type ?? 'ProseIs'), `${target.name}.${datum.name}`).toBe('ProseIs')
      }
  })
})

/** A list of things that say nothing of whose they are must say itself whose rows it gives. */
const ruleless = (lists: readonly Pick<ListField, 'name' | 'target' | 'also'>[]): string[] =>
  lists.filter(({ target, also }) => !thingOf(target).scope && !thingOf(target).open && !also).map(({ name }) => name)

describe('every list has a rule for whose rows it gives', () => {
  test('by the scope of its thing, because all may read it, or by its own', () => {
    expect(LISTS.length).toBeGreaterThan(10)
    expect(ruleless(LISTS)).toEqual([])
  })

  test('one that somebody adds without is found', () => {
    expect(
      ruleless([
        { name: 'probes', target: Probe },
        { name: 'strays', target: Astray },
      ]),
    ).toEqual(['strays'])
  })

  test('and what a scope compares is indexed, beginning with the place', () => {
    for (const { name, table, scope } of THINGS) if (scope?.division) expect(indexed.get(table)?.has('division'), name).toBe(true)
  })
})
