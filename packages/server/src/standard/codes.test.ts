import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const LIST = '{ id version code name edition unsure validTo items(first: 50) { nodes { id version code name active parent } } }'
interface Row {
  id: string
  version: number
  unsure: boolean
  items: { nodes: { id: string; version: number; code: string; name: string; active: boolean }[] }
}
const add = (who: string, facts: object, copyOf?: string) =>
  town.ask(who, `mutation ($f: CodeListInput!, $c: ID) { codeListAdd(code: "accident_type", facts: $f, copyOf: $c) ${LIST} }`, { f: facts, c: copyOf })
const item = (who: string, list: string, facts: object) =>
  town.ask(who, 'mutation ($l: ID!, $f: CodeItemInput!) { codeItemAdd(list: $l, facts: $f) { id version code active } }', { l: list, f: facts })

test('a code list has editions; the next begins with the codes of the one before', async () => {
  const first = (await add('town', { name: '事故类别', edition: 'GB/T 6441-1986' })).data!['codeListAdd'] as Row
  await item('town', first.id, { code: '01', name: '物体打击' })
  await item('admin', first.id, { code: '01-a', name: '细分', parent: '01' })
  expect((await add('town', { name: '事故类别', edition: 'GB/T 6441-1986' })).errors?.[0]?.extensions).toMatchObject({ code: 'CODE_TAKEN', field: 'edition' })
  const second = (await add('town', { name: '事故类别', edition: 'GB 6441-2025', validFrom: '2026-07-01' }, first.id)).data!['codeListAdd'] as Row
  expect(second.items.nodes.map(({ code, name }) => `${code} ${name}`)).toEqual(['01 物体打击', '01-A 细分'])
  expect(second.items.nodes[0]!.id).not.toBe(first.items.nodes[0]?.id)
})

test('a code needs a form, a name and a parent that exists, and is retired, never removed', async () => {
  const list = (await add('town', { name: '事故类别', edition: '试' })).data!['codeListAdd'] as Row
  expect((await item('town', list.id, { code: '一', name: '物体打击' })).errors?.[0]?.extensions).toMatchObject({ code: 'CODE_FORM', field: 'code' })
  expect((await item('town', list.id, { code: '1', name: ' ' })).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'name' })
  expect((await item('town', list.id, { code: '1', name: '甲', parent: '9' })).errors?.[0]?.extensions).toMatchObject({ code: 'CODE_PARENT', field: 'parent' })
  const one = (await item('town', list.id, { code: '1', name: '甲' })).data!['codeItemAdd'] as { id: string; version: number }
  expect((await item('town', list.id, { code: '1', name: '乙' })).errors?.[0]?.extensions.code).toBe('CODE_TAKEN')
  const use = (active: boolean, version: number) =>
    town.get<{ codeItemUse: { version: number; active: boolean } }>(
      'town',
      'mutation ($i: ID!, $v: Int!, $a: Boolean!) { codeItemUse(id: $i, version: $v, active: $a) { version active } }',
      {
        ...{ i: one.id, v: version, a: active },
      },
    )
  const { codeItemUse: ended } = await use(false, one.version)
  expect(ended.active).toBe(false)
  expect((await use(true, ended.version)).codeItemUse.active).toBe(true)
})

test('everybody reads the code lists, the town office and the admin keep them', async () => {
  expect((await town.get<{ codeLists: { nodes: unknown[] } }>('ent.tea', '{ codeLists { nodes { name } } }')).codeLists.nodes.length).toBeGreaterThan(0)
  for (const who of ['industry', 'village', 'ent.tea', 'county'])
    expect((await add(who, { name: '甲', edition: '乙' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
})
