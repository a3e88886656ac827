import fc from 'fast-check'
import { getNamedType, type GraphQLObjectType, isLeafType, isObjectType, parse, type OperationDefinitionNode } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { LISTS } from '../lists.js'
import { act } from '../shared/act.js'
import { thingOf } from '../shared/datum.js'
import { type Cell, csvField, csvLines } from '../shared/read/csvLine.js'
import { isPlainField } from '../shared/read/relations.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { columnsOf } from './columns.js'
import { plainColumns } from './plainColumns.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'odd' }, 'odd', async ({ em }) => {
    const [tea, inn] = [
      await em.findOneOrFail(Enterprise, { id: town.enterprises['tea']! }),
      await em.findOneOrFail(Enterprise, { id: town.enterprises['inn']! }),
    ]
    Object.assign(tea, { address: '　=1+1, "甲"\n乙路 ', businessScope: '＋86' })
    Object.assign(inn, { address: '\t制表', businessScope: '尾\u00a0' })
  })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const typeOf = (name: string) => town.app.door.schema.getType(name) as GraphQLObjectType

/** Every plain field of a thing, and those of the things it leads to. */
const selected = (type: GraphQLObjectType, hops: number): string =>
  Object.values(type.getFields())
    .filter((field) => isPlainField(field) && !field.args.length)
    .flatMap((field) => {
      const named = getNamedType(field.type)
      if (isLeafType(named)) return [field.name]
      const inner = hops && isObjectType(named) ? selected(named, hops - 1) : ''
      return inner ? [`${field.name} { ${inner} }`] : []
    })
    .join(' ')

const file = async (who: string, format: string, query: string) =>
  town.app.fastify.inject({ method: 'POST', url: `/q.${format}`, headers: { authorization: `Bearer ${await town.as(who)}` }, payload: { query } })

describe('a list of plain data is written where it is read, and says what the graph says', () => {
  for (const who of ['town', 'industry', 'county', 'admin'])
    test.each(LISTS.map(({ name }) => name))(`to ${who}: %s`, async (name) => {
      const list = LISTS.find((one) => one.name === name)!
      const type = typeOf(thingOf(list.target).name)
      const query = `{ ${name} { nodes { ${selected(type, 1)} } } }`
      const answer = await file(who, 'json', query)
      const csv = await file(who, 'csv', query)
      expect(csv.statusCode).toBe(answer.statusCode)
      if (csv.statusCode !== 200) return expect(csv.json()).toEqual(answer.json())
      const operation = parse(query).definitions[0] as OperationDefinitionNode
      const nodes = [(operation.selectionSet.selections[0] as unknown as { selectionSet: { selections: [never] } }).selectionSet.selections[0]]
      const asking = { fragments: {}, variableValues: {} }
      expect(plainColumns(list.target, type, nodes, asking)).toBeDefined()
      const columns = columnsOf(town.app.door.schema, type, nodes, asking)
      const { nodes: rows } = answer.json<{ data: Record<string, { nodes: Record<string, unknown>[] }> }>().data[name]!
      const line = (cells: Cell[]) => `${cells.map(csvField).join(',')}\r\n`
      const expected = [line(columns.map(({ header }) => header)), ...rows.map((row) => line(columns.map((column) => column.cell(row))))]
      expect(csv.body.slice(1)).toBe(expected.join(''))
    })

  test('what is computed, masked or a list goes through the graph', () => {
    const hazard = typeOf('Hazard')
    const list = LISTS.find(({ name }) => name === 'hazards')!
    const plain = (fields: string) => {
      const operation = parse(`{ nodes { ${fields} } }`).definitions[0] as OperationDefinitionNode
      return plainColumns(list.target, hazard, [operation.selectionSet.selections[0] as never], { fragments: {}, variableValues: {} })
    }
    expect(plain('number enterprise { name }')?.map(({ path }) => path)).toEqual([['number'], ['enterprise', 'name']])
    for (const fields of ['number acts', 'overdue', 'number __typename', 'enterprise { hazards { totalCount } }']) expect(plain(fields), fields).toBeUndefined()
  })
})

describe('a field of a CSV', () => {
  const rule = (cell: string) => {
    const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell
    return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const text = fc.string({ unit: fc.constantFrom(...'甲aB7 \t\r\n",=+-@＝＋－＠\u00a0\u3000\ufeff\u2028\'') })
  test('is written by the rule, whatever it holds', () => {
    fc.assert(
      fc.property(text, (cell) => void expect(csvField(cell)).toBe(rule(cell))),
      { numRuns: 5_000 },
    )
  })
  test('shows flags, choices and instants by their words', () => {
    const forms = [
      { as: 'flag' },
      { as: 'flag' },
      { as: 'choice', words: { A: '甲' } },
      { as: 'choice', words: {} },
      { as: 'instant' },
      { as: 'text' },
    ] as const
    expect(csvLines([[0, true, 'A', 'toString', '2026-03-01T16:00:00.000Z', null]], forms)).toBe('否,是,甲,toString,2026-03-02 00:00:00,\r\n')
  })
})
