import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Row {
  id: string
  version: number
  name: string
}
const add = (who: string, enterprise: string, facts: object) =>
  town.ask(who, 'mutation ($e: ID!, $f: WorkshopInput!) { workshopAdd(enterprise: $e, facts: $f) { id version name } }', {
    e: town.enterprises[enterprise],
    f: facts,
  })
const added = async (who: string, enterprise: string, name: string) => (await add(who, enterprise, { name })).data!['workshopAdd'] as Row
const addPost = (who: string, unit: string, facts: object) =>
  town.ask(who, 'mutation ($u: ID!, $f: PostInput!) { postAdd(unit: $u, facts: $f) { id version name workshop } }', { u: unit, f: facts })
const end = (who: string, what: 'workshop' | 'post', { id, version }: Row) =>
  town.ask(who, `mutation ($id: ID!, $v: Int!) { ${what}End(id: $id, version: $v) { id version endedOn } }`, { id, v: version })
const names = async (who: string) => {
  const { workshops, posts } = await town.get<Record<'workshops' | 'posts', { nodes: { name: string }[] }>>(
    who,
    '{ workshops { nodes { name } } posts { nodes { name } } }',
  )
  return [workshops, posts].map(({ nodes }) => nodes.map(({ name }) => name).sort())
}

describe('an enterprise is made up of workshops and posts', () => {
  test('its own people, its station and the town office keep them; nobody else does', async () => {
    expect((await add('ent.tea', 'tea', { name: '精制车间', headName: '林某' })).errors).toBeUndefined()
    expect((await add('industry', 'tea', { name: '仓库' })).errors).toBeUndefined()
    expect((await add('town', 'inn', { name: '后厨' })).errors).toBeUndefined()
    for (const who of ['village', 'county', 'workshop.tea']) expect((await add(who, 'tea', { name: '别的' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    for (const who of ['market', 'town.far']) expect((await add(who, 'tea', { name: '别的' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
  })

  test('a name is needed and stands once in an enterprise', async () => {
    expect((await add('ent.tea', 'tea', { name: ' ' })).errors?.[0]?.extensions).toMatchObject({ code: 'NAME_MISSING', field: 'name' })
    expect((await add('ent.tea', 'tea', { name: '一车间' })).errors?.[0]?.extensions).toMatchObject({ code: 'NAME_TAKEN', field: 'name' })
    expect((await addPost('ent.tea', town.units['tea']!, { name: '炒青岗' })).errors?.[0]?.extensions.code).toBe('NAME_TAKEN')
    expect((await addPost('ent.tea', town.units['far']!, { name: '锯石' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
    expect((await addPost('ent.tea', town.units['tea']!, { name: '摇青岗', headcount: -1 })).errors?.[0]?.extensions.field).toBe('headcount')
  })

  test('a workshop with posts is not ended, and nothing new stands in one that is', async () => {
    const unit = await added('ent.tea', 'tea', '临时车间')
    const post = (await addPost('ent.tea', unit.id, { name: '临时岗' })).data!['postAdd'] as Row
    expect((await end('ent.tea', 'workshop', unit)).errors?.[0]?.extensions.code).toBe('POSTS_LEFT')
    expect((await end('ent.tea', 'post', post)).errors).toBeUndefined()
    expect((await end('ent.tea', 'workshop', unit)).errors).toBeUndefined()
    expect((await addPost('ent.tea', unit.id, { name: '又一岗' })).errors?.[0]?.extensions.code).toBe('ALREADY')
  })

  test('who sees an enterprise sees its parts; a workshop its own', async () => {
    expect((await names('workshop.tea'))[0]).toEqual(['一车间'])
    expect((await names('market'))[1]).toEqual([])
    expect((await names('town.far'))[1]).toEqual(['锯石岗'])
  })
})

test('a workshop that changes its name takes its hazards, its posts and the accounts of its people along', async () => {
  const { workshops } = await town.get<{ workshops: { nodes: Row[] } }>('workshop.tea', '{ workshops { nodes { id version name } } }')
  const one = workshops.nodes[0]!
  const edit = (version: number) =>
    town.ask('ent.tea', 'mutation ($id: ID!, $v: Int!) { workshopEdit(id: $id, version: $v, facts: { name: "初制车间" }) { name } }', {
      id: one.id,
      v: version,
    })
  expect((await edit(one.version)).data).toEqual({ workshopEdit: { name: '初制车间' } })
  expect((await edit(one.version)).errors?.[0]?.extensions.code).toBe('CONFLICT')
  const seen = await town.get<{ hazards: { nodes: { workshop: string }[] }; posts: { nodes: { workshop: string }[] } }>(
    'workshop.tea',
    '{ hazards { nodes { workshop } } posts { nodes { workshop } } }',
  )
  expect(new Set([...seen.hazards.nodes, ...seen.posts.nodes].map(({ workshop }) => workshop))).toEqual(new Set(['初制车间']))
  expect(seen.hazards.nodes).toHaveLength(1)
})
