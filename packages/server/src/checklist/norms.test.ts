import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'
import { type Desk, desk } from '../testing/desk.js'

let town: Town
let at: Desk
beforeAll(async () => {
  town = await openTown()
  at = desk(town)
  await at.trades('INDUSTRY_STATION', '茶叶加工、藤铁工艺')
  await at.trade('tea', '茶叶加工')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

test('a norm is drafted by the town or the station of its trade, published by the town, and read by everybody', async () => {
  const norm = await at.norm('industry', { title: '茶叶加工检查清单（甲）' })
  expect(await at.names('ent.tea')).not.toContain('茶叶加工检查清单（甲）')
  expect(await at.names('industry')).toContain('茶叶加工检查清单（甲）')
  expect(await town.code('market', at.START, { facts: at.facts({ title: '别人的行业' }) })).toBe('TRADE_FOREIGN')
  for (const who of ['village', 'ent.tea', 'county']) expect(await town.code(who, at.START, { facts: at.facts() })).toBe('FORBIDDEN')
  await at.sheet('industry', norm, [{ content: '杀青机防护罩完好' }])
  expect(await at.publish('industry', norm).catch((error: Error) => error.message)).toContain('FORBIDDEN')
  await at.publish('town', norm)
  expect(await at.names('ent.tea')).toContain('茶叶加工检查清单（甲）')
  expect(await at.names('town.far')).not.toContain('茶叶加工检查清单（甲）')
})

test('an empty norm is not published, and a published one is not edited', async () => {
  const norm = await at.norm('town', { title: '空的' })
  expect(await at.publish('town', norm).catch((error: Error) => error.message)).toContain('NORM_EMPTY')
  const sheet = await at.sheet('town', norm, [{ content: '一项' }])
  await at.publish('town', norm)
  expect(
    await town.code('town', 'mutation ($t: ID!, $f: TemplateItemInput!) { templateItemAdd(template: $t, facts: $f) { id } }', { t: sheet.id, f: at.item() }),
  ).toBe('NORM_FROZEN')
})

test('a published norm goes back to draft only while no enterprise works by it', async () => {
  const norm = await at.norm('town', { title: '可撤回的', trade: '藤铁工艺' })
  await at.sheet('town', norm, [{ content: '一项' }])
  await at.publish('town', norm)
  expect((await at.withdraw(norm)).status).toBe('DRAFT')
  await at.publish('town', norm)
  await at.trade('tea', '藤铁工艺')
  await at.make('ent.tea')
  await at.trade('tea', '茶叶加工')
  expect((await at.load(norm)).status).toBe('FROZEN')
  expect(await at.withdraw(norm).catch((error: Error) => error.message)).toContain('NORM_STATUS')
})

test('the next version tells what was added, changed, moved and dropped', async () => {
  const norm = await at.norm('town', { title: '改版的' })
  const sheet = await at.sheet('town', norm, [{ content: '甲' }, { content: '乙' }, { content: '丙' }, { content: '丁' }])
  await at.publish('town', norm)
  const next = await at.revise('town', norm)
  const [again] = await at.sheets('town', next)
  const items = again!.items.nodes
  expect(items.map(({ key }) => key)).toEqual(sheet.items.nodes.map(({ key }) => key))
  const run = (mutation: string, variables: object) => town.get('town', mutation, variables as never)
  await run('mutation ($i: ID!, $f: TemplateItemInput!) { templateItemEdit(id: $i, facts: $f) { id } }', {
    i: items[1]!.id,
    f: at.item({ content: '乙改', requirement: '新的合格标准' }),
  })
  await run('mutation ($i: ID!) { templateItemRemove(id: $i) }', { i: items[2]!.id })
  await run('mutation ($i: ID!) { templateItemMove(id: $i, seq: 1) { id } }', { i: items[3]!.id })
  await run('mutation ($t: ID!, $f: TemplateItemInput!) { templateItemAdd(template: $t, facts: $f) { id } }', { t: again!.id, f: at.item({ content: '戊' }) })
  const { normDiff } = await town.get<{
    normDiff: { items: { kind: string; content: string; to: string | null; fields: { field: string; before: string; after: string }[] }[] }
  }>('town', 'query ($id: ID!) { normDiff(id: $id) { items { kind content to fields { field before after } } } }', { id: next.id })
  expect(normDiff.items.map(({ kind, content }) => `${kind} ${content}`).sort()).toEqual(['ADDED 戊', 'CHANGED 乙改', 'DROPPED 丙', 'MOVED 丁'])
  expect(normDiff.items.find(({ kind }) => kind === 'CHANGED')!.fields).toEqual([
    { field: 'content', before: '乙', after: '乙改' },
    { field: 'requirement', before: null, after: '新的合格标准' },
  ])
  await at.publish('town', next)
  expect([(await at.load(norm)).status, (await at.load(next)).status]).toEqual(['SUPERSEDED', 'PUBLISHED'])
})

test('norms are found by words of their text, with the place, and only those that the reader may see', async () => {
  const norm = await at.norm('town', { title: '揉捻作业指南', kind: 'GUIDE', body: '揉捻机运转时\n严禁伸手 清理茶坯。ＬＥＣ评估每年一次。' })
  const find = async (who: string, query: string) =>
    (
      await town.get<{ normSearch: { norm: { id: string }; parts: { text: string; hit: boolean }[]; hits: number }[] }>(
        who,
        'query ($q: String!) { normSearch(query: $q) { norm { id } parts { text hit } hits } }',
        { q: query },
      )
    ).normSearch
  expect(await find('ent.tea', '伸手清理')).toEqual([])
  await at.publish('town', norm)
  const [hit] = await find('ent.tea', '伸手清理')
  expect(hit!.norm.id).toBe(norm.id)
  expect(hit!.parts.filter((part) => part.hit).map((part) => part.text)).toEqual(['伸手清理'])
  expect((await find('ent.tea', 'lec 茶坯')).map((one) => one.norm.id)).toEqual([norm.id])
  expect((await find('ent.tea', '茶坯 揉捻机')).map((one) => one.norm.id)).toEqual([norm.id])
  expect(await find('ent.tea', '茶坯 不存在的词')).toEqual([])
  expect(await find('town.far', '伸手清理')).toEqual([])
  expect((await find('county', '坯')).length).toBe(1)
})
