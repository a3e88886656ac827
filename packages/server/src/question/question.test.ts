import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

const QUERY = '{ hazards { nodes { number stage } } }'
const SAVE = `mutation ($id: ID, $version: Int, $facts: QuestionInput!) { questionSave(id: $id, version: $version, facts: $facts) { id version name } }`
const SHARE = `mutation ($id: ID!, $version: Int!, $sharing: QuestionSharing!, $division: String, $station: String) {
  questionShare(id: $id, version: $version, sharing: $sharing, division: $division, station: $station) { id version } }`
const NAMES = '{ questions(orderBy: [{ field: name }]) { nodes { name mine ownerName } } }'

interface Saved {
  id: string
  version: number
  name: string
}
const save = async (who: string, facts: object, more: object = {}): Promise<Saved> =>
  (await town.get<{ questionSave: Saved }>(who, SAVE, { facts: { query: QUERY, ...facts }, ...more })).questionSave
const refusal = async (facts: object, who = 'town') =>
  (await town.ask(who, SAVE, { facts: { name: '一个问题', query: QUERY, ...facts } })).errors?.[0]?.extensions
const names = async (who: string) => (await town.get<{ questions: { nodes: { name: string }[] } }>(who, NAMES)).questions.nodes.map(({ name }) => name)

describe('a question is kept', () => {
  test('and read by its owner alone until he shares it', async () => {
    const { id } = await save('town', { name: '只给自己', variables: '{}', chart: '{"kind":"TABLE"}' })
    expect(await names('town')).toContain('只给自己')
    expect(await names('industry')).not.toContain('只给自己')
    expect(await town.get('industry', 'query ($id: ID!) { question(id: $id) { name } }', { id })).toEqual({ question: null })
    expect(await town.code('industry', SAVE, { id, version: 1, facts: { name: 'x', query: QUERY } })).toBe('NOT_FOUND')
  })

  test('with the version that was seen', async () => {
    const { id, version } = await save('town', { name: '两人同时改' })
    await save('town', { name: '先改' }, { id, version })
    expect(await town.code('town', SAVE, { id, version, facts: { name: '后改', query: QUERY } })).toBe('CONFLICT')
  })

  test('by enterprises never: the console is for those who oversee', async () => {
    expect(await town.code('ent.tea', SAVE, { facts: { name: 'x', query: QUERY } })).toBe('FORBIDDEN')
    expect(await town.code('ent.tea', NAMES)).toBe('FORBIDDEN')
  })

  test('under an address name that nobody else has', async () => {
    await save('town', { name: '有网址', slug: 'late-list' })
    expect(await town.get('town', '{ question(id: "late-list") { name } }')).toEqual({ question: { name: '有网址' } })
    expect(await refusal({ slug: 'late-list' })).toMatchObject({ code: 'DUPLICATE' })
    expect(await refusal({ slug: 'Late' })).toMatchObject({ code: 'QUESTION_SLUG', field: 'slug' })
  })
})

describe('what is no question is refused when it is saved', () => {
  test.each([
    ['an act', { query: 'mutation { signOut }' }, 'QUESTION_QUERY'],
    ['a subscription', { query: 'subscription { changed { seq } }' }, 'QUESTION_QUERY'],
    ['a field that does not exist', { query: '{ hazards { nodes { nothing } } }' }, 'QUESTION_QUERY'],
    ['broken text', { query: '{ hazards { ' }, 'QUESTION_QUERY'],
    ['the graph itself', { query: '{ __schema { types { name } } }' }, 'FORBIDDEN'],
    [
      'more than an answer may cost',
      { query: '{ hazards(first: 500) { nodes { enterprise { hazards(first: 500) { nodes { id number } } } } } }' },
      'QUERY_TOO_COSTLY',
    ],
    ['two lists and none named', { query: '{ hazards { totalCount } enterprises { totalCount } }' }, 'QUESTION_LIST'],
    ['no name', { name: ' ' }, 'QUESTION_NAME'],
    ['variables that are a list', { variables: '[1]' }, 'QUESTION_VARIABLES'],
    ['a chart that is no JSON', { chart: 'pie' }, 'QUESTION_CHART'],
  ])('%s', async (_what, facts, code) => {
    expect(await refusal(facts)).toMatchObject({ code })
  })

  test('and says in which line', async () => {
    expect(await refusal({ query: '{\n  hazards { nodes { nothing } }\n}' })).toMatchObject({ field: 'query', line: 2 })
  })

  test('two lists pass when one is named', async () => {
    await save('town', { name: '两个清单', query: '{ hazards { totalCount } all: enterprises { totalCount } }', list: 'all' })
  })
})

describe('sharing', () => {
  const shared = async (who: string, name: string, place: object = {}) => {
    const { id, version } = await save(who, { name })
    await town.get(who, SHARE, { id, version, sharing: 'SHARED', ...place })
    return id
  }
  const EVERYBODY = ['admin', 'town', 'town.far', 'industry', 'market', 'village', 'county']
  const seers = async (name: string) => {
    const seen: string[] = []
    for (const who of EVERYBODY) if ((await names(who)).includes(name)) seen.push(who)
    return seen
  }

  test('reaches the people of the territory and those above it, and no other town', async () => {
    await shared('town', '全镇共享')
    expect(await seers('全镇共享')).toEqual(['admin', 'town', 'industry', 'market', 'village', 'county'])
  })

  test('of one trade reaches that trade', async () => {
    await shared('industry', '本站共享')
    expect(await seers('本站共享')).toEqual(['admin', 'town', 'industry', 'village', 'county'])
  })

  test('cannot reach beyond the own territory', async () => {
    const { id, version } = await save('village', { name: '村里的' })
    expect(await town.code('village', SHARE, { id, version, sharing: 'SHARED', division: '350524106' })).toBe('DIVISION_UNKNOWN')
  })

  test('gives nobody the right to change it', async () => {
    const id = await shared('town', '别人不能改')
    const { question } = await town.get<{ question: Saved }>('industry', 'query ($id: ID!) { question(id: $id) { id version name } }', { id })
    expect(await town.code('industry', SAVE, { id, version: question.version, facts: { name: 'x', query: QUERY } })).toBe('FORBIDDEN')
  })

  test('one question is seen through the list exactly as alone', async () => {
    const ids = (await town.get<{ questions: { nodes: Saved[] } }>('town', '{ questions(first: 500) { nodes { id version name } } }')).questions.nodes
    for (const who of EVERYBODY) {
      const listed = new Set(
        (await town.get<{ questions: { nodes: Saved[] } }>(who, '{ questions(first: 500) { nodes { id } } }')).questions.nodes.map(({ id }) => id),
      )
      for (const { id } of ids) {
        const { question } = await town.get<{ question: Saved | null }>(who, 'query ($id: ID!) { question(id: $id) { id } }', { id })
        expect(question !== null, `${who} ${id}`).toBe(listed.has(id))
      }
    }
  })
})

describe('older versions', () => {
  test('can be looked at and restored, by the owner', async () => {
    const first = await save('town', { name: '第一版' })
    const second = await save('town', { name: '第二版', query: '{ enterprises { totalCount } }' }, first)
    const VERSIONS = 'query ($id: ID!) { questionVersions(id: $id) { number name query actorName } }'
    const { questionVersions } = await town.get<{ questionVersions: { number: number; name: string; actorName: string }[] }>('town', VERSIONS, { id: first.id })
    expect(questionVersions.map(({ number, name, actorName }) => [number, name, actorName])).toEqual([
      [2, '第二版', 'town'],
      [1, '第一版', 'town'],
    ])
    const RESTORE = 'mutation ($id: ID!, $version: Int!) { questionRestore(id: $id, version: $version, to: 1) { name query version } }'
    const { questionRestore } = await town.get<{ questionRestore: Saved & { query: string } }>('town', RESTORE, { id: first.id, version: second.version })
    expect(questionRestore).toMatchObject({ name: '第一版', query: QUERY })
  })

  test('a removed question leaves every list and comes back by restoring it', async () => {
    const { id, version } = await save('town', { name: '移除又恢复' })
    await town.get('town', 'mutation ($id: ID!, $version: Int!) { questionRemove(id: $id, version: $version) { version } }', { id, version })
    expect(await names('town')).not.toContain('移除又恢复')
    const { questions } = await town.get<{ questions: { nodes: Saved[] } }>('town', '{ questions(archived: true) { nodes { id version name } } }')
    const [removed] = questions.nodes.filter((one) => one.id === id)
    await town.get('town', 'mutation ($id: ID!, $version: Int!) { questionRestore(id: $id, version: $version, to: 1) { version } }', {
      id,
      version: removed!.version,
    })
    expect(await names('town')).toContain('移除又恢复')
  })
})
