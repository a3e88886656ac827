import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTown, type Town } from '../testing/town.js'
import { removeStores } from '../testing/store.js'
import { type Desk, desk, type NormRow } from '../testing/desk.js'

let town: Town
let at: Desk
let norm: NormRow
beforeAll(async () => {
  town = await openTown()
  at = desk(town)
  await at.trades('INDUSTRY_STATION', '茶叶加工')
  await at.trade('tea', '茶叶加工')
  norm = await at.norm('town')
  await at.sheet('town', norm, [{ content: '签订责任书', requirement: '覆盖每个岗位' }, { content: '每季演练' }])
  await at.sheet('town', norm, [{ content: '通道畅通' }, { content: '防护罩完好', demand: '立即停机' }], {
    ...{ level: 'WORKSHOP', title: '车间表册', responsible: '车间主任', frequency: 'WEEKLY' },
  })
  await at.sheet('town', norm, [{ content: '炉膛无积灰' }], {
    level: 'POST',
    title: '炒青岗卡片',
    responsible: '岗位员工',
    frequency: 'SHIFT',
    appliesTo: '炒青',
  })
  await at.publish('town', norm)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface ItemRow {
  id: string
  version: number
  seq: number
  content: string
  requirement: string | null
  demand: string | null
  reworded: boolean
  droppedOn: string | null
  dropReason: string | null
  dropCause: string | null
  origin: { key: string } | null
}
interface ListRow {
  id: string
  version: number
  level: string
  title: string
  responsible: string
  frequency: string
  items: { nodes: ItemRow[] }
}
const ITEM = 'id version seq content requirement demand reworded droppedOn dropReason dropCause origin { key }'
const LIST = `id version level title responsible frequency items(first: 20, orderBy: [{ field: seq, dir: ASC }]) { nodes { ${ITEM} } }`
const lists = async (who: string) =>
  (await town.get<{ checklists: { nodes: ListRow[] } }>(who, `{ checklists(first: 20, where: { endedOn: { isNull: true } }) { nodes { ${LIST} } } }`))
    .checklists.nodes
const unitList = async () => (await lists('ent.tea')).find(({ level }) => level === 'UNIT')!
const edit = (who: string, item: ItemRow, facts: object) =>
  town.ask(who, `mutation ($i: ID!, $v: Int!, $f: TemplateItemInput!) { checklistItemEdit(id: $i, version: $v, facts: $f) { ${ITEM} } }`, {
    ...{ i: item.id, v: item.version, f: at.item(facts) },
  })

test('one click makes the three lists of an enterprise, for the unit, each workshop and each post that a card names', async () => {
  expect(await town.code('market', 'mutation ($e: ID!) { checklistsMake(enterprise: $e) { id } }', { e: town.enterprises['tea'] })).toBe('NOT_FOUND')
  expect(await town.code('village', 'mutation ($e: ID!) { checklistsMake(enterprise: $e) { id } }', { e: town.enterprises['tea'] })).toBe('FORBIDDEN')
  expect((await at.make('industry')).map(({ title }) => title).sort()).toEqual(
    ['一车间安全检查表册', '二车间安全检查表册', '本单位安全生产检查清单', '炒青岗安全检查卡片'].sort(),
  )
  expect(await at.make('ent.tea').catch((error: Error) => error.message)).toContain('NOTHING_TO_MAKE')
  expect((await at.load(norm)).status).toBe('FROZEN')
  const [workshop] = (await lists('ent.tea')).filter(({ level }) => level === 'WORKSHOP')
  expect([workshop!.responsible, workshop!.frequency, workshop!.items.nodes[1]!.demand]).toEqual(['车间主任', 'WEEKLY', '立即停机'])
})

test('a workshop sees the lists of its own part only, another station none, the village all on its land', async () => {
  expect((await lists('workshop.tea')).map(({ level }) => level).sort()).toEqual(['POST', 'WORKSHOP'])
  expect(await lists('market')).toEqual([])
  expect((await lists('village')).length).toBe(4)
})

test('an enterprise rewords, drops with a reason, adds and orders; the link to the norm stays', async () => {
  const list = await unitList()
  const [first, second] = list.items.nodes
  const edited = (await edit('ent.tea', first!, { content: '与全体员工签订责任书', requirement: '覆盖每个岗位' })).data!['checklistItemEdit'] as ItemRow
  expect([edited.reworded, edited.origin?.key, edited.seq]).toEqual([true, first!.origin!.key, 1])
  expect((await edit('ent.tea', first!, { content: '别人先改了' })).errors?.[0]?.extensions.code).toBe('CONFLICT')
  expect((await edit('village', edited, { content: '村里改' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  const drop = (reason: string) =>
    town.ask('ent.tea', `mutation ($i: ID!, $v: Int!, $r: String!) { checklistItemDrop(id: $i, version: $v, reason: $r) { ${ITEM} } }`, {
      ...{ i: second!.id, v: second!.version, r: reason },
    })
  expect((await drop(' ')).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'reason' })
  expect((await drop('本厂不到十人，与邻厂联合演练')).data!['checklistItemDrop']).toMatchObject({
    dropCause: 'OWN',
    dropReason: '本厂不到十人，与邻厂联合演练',
  })
  await town.get('ent.tea', 'mutation ($c: ID!, $f: TemplateItemInput!) { checklistItemAdd(checklist: $c, facts: $f) { id } }', {
    ...{ c: list.id, f: at.item({ content: '茶季夜班带班' }) },
  })
  const added = (await unitList()).items.nodes.find(({ content }) => content === '茶季夜班带班')!
  await town.get('ent.tea', 'mutation ($c: ID!, $v: Int!, $i: [ID!]!) { checklistOrder(id: $c, version: $v, items: $i) { id } }', {
    ...{ c: list.id, v: list.version, i: [added.id] },
  })
  expect((await unitList()).items.nodes.map(({ content }) => content)).toEqual(['茶季夜班带班', '与全体员工签订责任书', '每季演练'])
})

test('a newer version is offered, carried over with what is its own, and taken back as it was', async () => {
  const before = await unitList()
  const next = await at.revise('town', norm)
  const sheet = (await at.sheets('town', next)).find(({ level }) => level === 'UNIT')!
  const change = (id: string, facts: object) =>
    town.get('town', 'mutation ($i: ID!, $f: TemplateItemInput!) { templateItemEdit(id: $i, facts: $f) { id } }', { i: id, f: at.item(facts) })
  await change(sheet.items.nodes[0]!.id, { content: '签订责任书并考核', requirement: '覆盖每个岗位', demand: '月底前补签' })
  await town.get('town', 'mutation ($t: ID!, $f: TemplateItemInput!) { templateItemAdd(template: $t, facts: $f) { id } }', {
    ...{ t: sheet.id, f: at.item({ content: '张贴四色图' }) },
  })
  expect(await offered(before.id)).toBeNull()
  await at.publish('town', next)
  expect(await offered(before.id)).toMatchObject({ norm: { edition: 2 } })
  const act = (name: string, version: number, more = '') => `mutation { ${name}(id: "${before.id}", version: ${version}${more}) { ${LIST} } }`
  await town.get('industry', act('checklistUpgrade', before.version))
  const after = await unitList()
  expect(after.items.nodes.map(({ content, droppedOn }) => content + (droppedOn ? '（停用）' : ''))).toEqual([
    '茶季夜班带班',
    '与全体员工签订责任书',
    '每季演练（停用）',
    '张贴四色图',
  ])
  expect(after.items.nodes[1]).toMatchObject({ demand: '月底前补签', reworded: true, id: before.items.nodes[1]!.id })
  expect(await offered(before.id)).toBeNull()
  expect(await town.code('ent.tea', act('checklistDowngrade', after.version, ', reason: " "'))).toBe('MISSING')
  await town.get('ent.tea', act('checklistDowngrade', after.version, ', reason: "新版还没学习"'))
  const back = await unitList()
  const bare = (rows: ItemRow[]) => rows.map(({ version: _version, ...row }) => row)
  expect(bare(back.items.nodes.filter(({ dropCause }) => dropCause !== 'TAKEN_BACK'))).toEqual(bare(before.items.nodes))
  expect(await offered(before.id)).toMatchObject({ norm: { edition: 2 } })
})

test('all lists of an enterprise are carried over in one act, by those who tailor them, and each can be taken back', async () => {
  const all = 'mutation ($e: ID!) { checklistsUpgrade(enterprise: $e) { id version } }'
  const tea = { e: town.enterprises['tea']! }
  for (const who of ['county', 'village']) expect(await town.code(who, all, tea)).toBe('FORBIDDEN')
  expect(await town.code('market', all, tea)).toBe('NOT_FOUND')
  const before = await lists('ent.tea')
  const { checklistsUpgrade } = await town.get<{ checklistsUpgrade: { id: string; version: number }[] }>('ent.tea', all, tea)
  expect(checklistsUpgrade.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
  for (const { id } of before) expect(await offered(id)).toBeNull()
  expect(await town.code('ent.tea', all, tea)).toBe('NO_UPGRADE')
  const { id, version } = checklistsUpgrade[0]!
  await town.get('ent.tea', `mutation { checklistDowngrade(id: "${id}", version: ${version}, reason: "新版还没学习") { id } }`)
  expect(await offered(id)).toMatchObject({ norm: { edition: 2 } })
})
const offered = async (id: string) =>
  (
    await town.get<{ checklistOffer: { norm: { edition: number } } | null }>('ent.tea', 'query ($id: ID!) { checklistOffer(id: $id) { norm { edition } } }', {
      id,
    })
  ).checklistOffer

test('coverage counts an enterprise that has a list at each level that applies to it', async () => {
  const figures = async () =>
    (
      await town.get<{ enterprises: { aggregate: { figures: Record<string, number | null> } } }>(
        'town',
        '{ enterprises { aggregate { figures { checklistScope checklistCovered checklistRate } } } }',
      )
    ).enterprises.aggregate.figures
  expect(await figures()).toEqual({ checklistScope: 2, checklistCovered: 1, checklistRate: 50 })
  const unit = await unitList()
  await town.get('ent.tea', `mutation { checklistEnd(id: "${unit.id}", version: ${unit.version}, reason: "重编") { id } }`)
  expect(await figures()).toMatchObject({ checklistCovered: 0, checklistRate: 0 })
})
