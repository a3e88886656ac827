import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Row {
  id: string
  version: number
  code: string
  summary: string
  trade: string | null
  active: boolean
}
const SHOWN = '{ id version code summary trade active }'
const FACTS = { standard: '工贸企业重大事故隐患判定标准', clause: '第七条', summary: '煤气柜未设置限位装置', trade: '工贸', validFrom: '2023-05-15' }
const create = (who: string, code: string, facts: object = FACTS) =>
  town.ask(who, `mutation ($code: String!, $facts: CriterionInput!) { criterionCreate(code: $code, facts: $facts) ${SHOWN} }`, { code, facts })
const created = async (code: string) => (await create('admin', code)).data?.['criterionCreate'] as Row
const end = (who: string, { id, version }: Row, reason = '标准已修订') =>
  town.ask(who, `mutation ($id: ID!, $version: Int!, $reason: String!) { criterionEnd(id: $id, version: $version, reason: $reason) ${SHOWN} }`, {
    ...{ id, version, reason },
  })

test('the town office and the admin add a clause; nobody else does', async () => {
  expect((await created('gm-77')).code).toBe('GM-77')
  expect((await create('town', 'GM-78')).errors).toBeUndefined()
  for (const who of ['industry', 'village', 'ent.tea', 'county']) expect((await create(who, 'GM-79')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
})

test('a clause needs a code of its own, a standard, a clause and what it says', async () => {
  await created('GM-80')
  expect((await create('admin', 'GM-80')).errors?.[0]?.extensions).toMatchObject({ code: 'CRITERION_TAKEN', field: 'code' })
  expect((await create('admin', '第八条')).errors?.[0]?.extensions).toMatchObject({ code: 'CRITERION_CODE', field: 'code' })
  expect((await create('admin', 'GM-81', { ...FACTS, summary: ' ' })).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'summary' })
  expect((await create('admin', 'GM-81', { ...FACTS, summary: '长'.repeat(501) })).errors?.[0]?.extensions).toMatchObject({
    code: 'TOO_LONG',
    field: 'summary',
  })
})

test('a clause is put right in the version that was seen, and its history tells', async () => {
  const one = await created('GM-82')
  const edit = (version: number) =>
    town.ask('town', `mutation ($id: ID!, $version: Int!, $facts: CriterionInput!) { criterionEdit(id: $id, version: $version, facts: $facts) ${SHOWN} }`, {
      ...{ id: one.id, version, facts: { ...FACTS, summary: '煤气柜未设置限位装置或联锁', trade: '' } },
    })
  expect((await edit(one.version)).data?.['criterionEdit']).toMatchObject({ summary: '煤气柜未设置限位装置或联锁', trade: null })
  expect((await edit(one.version)).errors?.[0]?.extensions.code).toBe('CONFLICT')
  const { changes } = await town.get<{ changes: { nodes: { act: string }[] } }>(
    'town',
    `query ($id: ID!) { changes(thing: "Criterion", record: $id, first: 5) { nodes { act } } }`,
    { id: one.id },
  )
  expect(changes.nodes.map(({ act }) => act).sort()).toEqual(['criterionCreate', 'criterionEdit'])
})

test('a retired clause makes no hazard a major one until it is in use again', async () => {
  const one = await created('GM-83')
  expect((await end('town', one, ' ')).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'reason' })
  const ended = (await end('town', one)).data?.['criterionEnd'] as Row
  expect(ended.active).toBe(false)
  const register = () =>
    town.code(
      'industry',
      'mutation ($id: ID!, $v: Int!, $c: ID) { hazardRegrade(id: $id, version: $v, severity: MAJOR, reason: "复核", criterion: $c, interimMeasure: "停用") { id } }',
      {
        ...{ id: town.hazards['tea'], v: 1, c: one.id },
      },
    )
  expect(await register()).toBe('CRITERION_MISSING')
  await town.get('admin', 'mutation ($id: ID!, $v: Int!) { criterionReopen(id: $id, version: $v) { id } }', { id: one.id, v: ended.version })
  expect(await register()).toBeUndefined()
})
