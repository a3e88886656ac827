import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Enterprise } from '../../enterprise/enterprise.entity.js'
import { readWorkbook } from '../excel.js'
import { removeStores } from '../../testing/store.js'
import { type Answer, openTown, type Town } from '../../testing/town.js'
import { without } from '../../testing/weaken.js'
import { datumOf } from '../datum.js'

vi.mock(import('../read/reading.js'), async (load) => (await import('../../testing/weaken.js')).weakReading(await load()))
vi.mock(import('../eyes.js'), async (load) => (await import('../../testing/weaken.js')).weakEyes(await load()))

/**
 * What a role may not read it cannot find out by filtering, sorting, grouping or comparing: the word is as unknown as one
 * that never was. The principal's name is opened for all uses to those who may read it, so that there is something to close.
 */
let town: Town
beforeAll(async () => {
  const principal = datumOf(Enterprise, 'principal')!
  Object.assign(principal, { filter: principal.read, sort: principal.read, group: principal.read })
  town = await openTown()
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

type Ask = { query: string; variables?: Record<string, unknown> }
/** Every place where a name of a datum can be written, `N` for the name. */
const USES: Record<string, Ask> = {
  filter: { query: '{ enterprises(where: { N: { startsWith: "tea" } }) { totalCount } }' },
  'negated filter': { query: '{ enterprises(where: { not: { or: [{ N: { isNull: true } }] } }) { totalCount } }' },
  'filter of a relation': { query: '{ hazards(where: { enterprise: { N: { contains: "甲" } } }) { totalCount } }' },
  some: { query: '{ hazards(where: { village: { enterprises: { some: { N: { eq: "tea乙" } } } } }) { totalCount } }' },
  none: { query: '{ hazards(where: { village: { enterprises: { none: { N: { eq: "tea乙" } } } } }) { totalCount } }' },
  every: { query: '{ hazards(where: { tradeStation: { enterprises: { every: { N: { eq: "tea乙" } } } } }) { totalCount } }' },
  'counted filter': {
    query: '{ hazards(where: { village: { enterprises: { aggregate: { where: { N: { eq: "tea乙" } }, count: { gte: 1 } } } } }) { totalCount } }',
  },
  'measured filter': { query: '{ hazards(where: { village: { enterprises: { aggregate: { countDistinct: { N: { gte: 1 } } } } } }) { totalCount } }' },
  order: { query: '{ enterprises(orderBy: [{ field: N }]) { nodes { id } } }' },
  cursor: { query: '{ enterprises(first: 1, orderBy: [{ field: N, dir: DESC }]) { pageInfo { endCursor } } }' },
  'order of a relation': { query: '{ hazards(orderBy: [{ enterprise: { field: N } }]) { nodes { id } } }' },
  'order by a measure': { query: '{ hazards(orderBy: [{ village: { enterprises: { countDistinct: N } } }]) { nodes { id } } }' },
  key: { query: '{ enterprises { groups { nodes { key { N } count } } } }' },
  'key of a relation': { query: '{ hazards { groups { nodes { key { enterprise { N } } count } } } }' },
  measure: { query: '{ enterprises { aggregate { countDistinct { N } } } }' },
  'measure of groups': { query: '{ enterprises { groups { nodes { key { division } countDistinct { N } } } } }' },
  having: { query: '{ enterprises { groups(having: { countDistinct: { N: { gte: 2 } } }) { nodes { key { division } } } } }' },
  values: { query: '{ enterprises { distinctValues(field: N) { values { value count } } } }' },
  'values below a relation': { query: '{ hazards { nodes { village { enterprises { distinctValues(field: N) { values { value } } } } } } }' },
  'filter in the past': { query: '{ enterprises(asOf: "2026-03-01T00:00:00.000Z", where: { N: { isNull: false } }) { totalCount } }' },
  'filter of figures': { query: '{ hazardStatistics(by: TOTAL, where: { enterprise: { N: { eq: "tea乙" } } }) { total { found } } }' },
  'filter by variable': { query: 'query ($w: EnterpriseWhere) { enterprises(where: $w) { totalCount } }', variables: { w: { N: { startsWith: 'tea' } } } },
  'order by variable': { query: 'query ($o: [EnterpriseOrder!]) { enterprises(orderBy: $o) { nodes { id } } }', variables: { o: [{ field: 'N' }] } },
  'values by variable': { query: 'query ($f: EnterpriseField!) { enterprises { distinctValues(field: $f) { truncated } } }', variables: { f: 'N' } },
  'having by variable': {
    query: 'query ($h: EnterpriseHaving) { enterprises { groups(having: $h) { nodes { key { division } } } } }',
    variables: { h: { countDistinct: { N: { gte: 1 } } } },
  },
}
const of = ({ query, variables }: Ask, name: string): Ask => ({
  query: query.replace(/\bN\b/g, name),
  ...(variables ? { variables: JSON.parse(JSON.stringify(variables).replaceAll('"N"', `"${name}"`)) as Record<string, unknown> } : {}),
})
const ask = (who: string, { query, variables }: Ask) => town.ask(who, query, variables)
/** Of the same length as the name it stands for, so that the places of errors are the same. */
const never = (name: string) => 'q'.repeat(name.length)
const worded = (answer: Answer, name: string) => JSON.stringify(answer.errors).replaceAll(name, '…')

describe.each(Object.entries(USES))('%s', (_use, asked) => {
  test('is for those who may read it', async () => {
    expect((await ask('town', of(asked, 'principal'))).errors).toBeUndefined()
  })

  test.each([
    ['county', 'principal'],
    ['county', 'legalRep'],
    ['county', 'phone'],
    ['town', 'phone'],
    ['county', 'phoneMasked'],
  ])('tells %s of %s what it tells of a word that never was', async (who, name) => {
    const answer = await ask(who, of(asked, name))
    expect(answer.data ?? null).toBeNull()
    expect(worded(answer, name)).toBe(worded(await ask(who, of(asked, never(name))), never(name)))
  })

  test('without the rights the analyst would find it out', async () => {
    const leaked = await without(['rights'], () => ask('county', of(asked, 'principal')))
    expect(leaked.errors).toBeUndefined()
  })
})

describe('the graph of a role', () => {
  const TYPES = ['EnterpriseWhere', 'EnterpriseField', 'EnterpriseKey', 'EnterpriseDistinct', 'EnterpriseDistinctIs']
  const shape = (type: string) => `{ __type(name: "${type}") { fields { name } inputFields { name } enumValues { name } } }`

  test.each(TYPES)('does not show in %s what is closed to it', async (type) => {
    expect(JSON.stringify(await town.get('town', shape(type)))).toContain('"principal"')
    expect(JSON.stringify(await town.get('county', shape(type)))).not.toContain('principal')
    expect(JSON.stringify(await town.get('county', shape(type)))).toContain('"trade"')
    expect(JSON.stringify(await without(['rights'], () => town.get('county', shape(type))))).toContain('"principal"')
  })

  test('does not suggest it', async () => {
    for (const query of [
      '{ enterprises(where: { principall: { isNull: true } }) { totalCount } }',
      '{ enterprises { groups { nodes { key { principall } } } } }',
    ]) {
      expect((await town.ask('town', query)).errors![0]!.message).toContain('principal"')
      expect((await town.ask('county', query)).errors![0]!.message).not.toContain('principal"')
    }
  })

  test('is one for all from whom the same is kept', () => {
    const { door } = town.app
    expect(door.schemaFor('TOWN_OFFICE')).toBe(door.schema)
    expect(door.schemaFor('VILLAGE')).toBe(door.schema)
    expect(door.schemaFor('COUNTY')).toBe(door.schemaFor('BOARD'))
  })
})

describe('what a role may not read comes empty', () => {
  const SHOWN = '{ enterprises(where: { name: { eq: "金谷样本茶厂" } }) { nodes { name principal legalRep safetyOfficer phoneMasked } } }'
  const csv = async (who: string) =>
    (await town.app.fastify.inject({ method: 'POST', url: '/q.csv', headers: { authorization: `Bearer ${await town.as(who)}` }, payload: { query: SHOWN } }))
      .body

  test('on the screen and in every file', async () => {
    const seen = (who: string) => town.get<{ enterprises: { nodes: Record<string, string | null>[] } }>(who, SHOWN)
    expect((await seen('town')).enterprises.nodes[0]).toMatchObject({ principal: 'tea乙', phoneMasked: '138****0001' })
    expect((await seen('county')).enterprises.nodes).toEqual([
      { name: '金谷样本茶厂', principal: null, legalRep: null, safetyOfficer: null, phoneMasked: null },
    ])
    expect(await csv('town')).toContain('tea乙')
    expect(await csv('county')).not.toMatch(/tea[甲乙丙]|138[\d*]{8}/)
  })

  test('and in the workbook of a list it has no column', async () => {
    const cells = async (who: string) => {
      const { rawPayload } = await town.app.fastify.inject({ url: '/export/enterprises.xlsx', headers: { authorization: `Bearer ${await town.as(who)}` } })
      return (await readWorkbook(rawPayload))[0]!.rows.flatMap((row) => row.cells.map((cell) => cell?.text ?? '')).join('\n')
    }
    expect(await cells('town')).toMatch(/主要负责人[^]*tea乙/)
    expect(await cells('county')).not.toMatch(/主要负责人|法定代表人|联系电话|tea[甲乙丙]|138[\d*]{8}/)
  })

  test('a filter in the address of a workbook goes by the same graph', async () => {
    const refused = async (name: string) => {
      const where = encodeURIComponent(JSON.stringify({ [name]: { startsWith: 'tea' } }))
      const answer = await town.app.fastify.inject({
        url: `/export/enterprises.xlsx?where=${where}`,
        headers: { authorization: `Bearer ${await town.as('county')}` },
      })
      expect(answer.statusCode).toBe(400)
      return answer.body.replaceAll(name, '…')
    }
    expect(await refused('principal')).toBe(await refused(never('principal')))
  })
})

describe("somebody else's question", () => {
  const SAVE = 'mutation ($facts: QuestionInput!) { questionSave(facts: $facts) { id version } }'
  const SHARE = 'mutation ($id: ID!, $version: Int!) { questionShare(id: $id, version: $version, sharing: SHARED) { id } }'
  const asked = { name: '负责人', slug: 'by-principal', query: '{ enterprises(where: { principal: { startsWith: "tea" } }) { nodes { name } } }' }

  test('runs with the rights of who runs it', async () => {
    const { questionSave } = await town.get<{ questionSave: { id: string; version: number } }>('town', SAVE, { facts: asked })
    await town.get('town', SHARE, questionSave)
    const run = async (who: string) =>
      (await town.app.fastify.inject({ url: '/q/by-principal.csv', headers: { authorization: `Bearer ${await town.as(who)}` } })).body
    expect(await run('town')).toBe('\ufeff单位名称\r\n金谷样本茶厂\r\n')
    expect(await run('county')).toMatch(/QUESTION_QUERY/)
    expect(await run('county')).not.toContain('茶厂')
    expect(await without(['rights'], () => run('county'))).toContain('茶厂')
  })

  test('nor can it be saved by who may not ask it', async () => {
    expect(await town.code('county', SAVE, { facts: { ...asked, slug: null } })).toBe('QUESTION_QUERY')
  })
})
