import { getNamedType, type GraphQLSchema, isEnumType, isObjectType, isScalarType } from 'graphql'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { HazardStage } from '../hazard/terms.js'
import { headOf } from '../shared/follow.js'
import { run } from '../shared/run.js'
import { alter, hear, listen, liveClient, until } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { BoardFeed } from './feed.js'
import type { BoardChange } from './change.js'
import type { Board } from './snapshot.js'
import { recount } from './recount.js'

type Stepped = (shown: { board: Board; step: string } | undefined, change: BoardChange) => Board | undefined
const { stepped } = (await import(new URL('../../../web/src/board/stepped.ts', import.meta.url).href)) as { stepped: Stepped }

let town: Town
let url: string
let token: string
beforeAll(async () => {
  town = await openTown()
  url = await listen(town.app)
  const { boardLinkCreate } = await town.get<{ boardLinkCreate: { url: string } }>(
    'town',
    'mutation { boardLinkCreate(name: "三楼会议室", division: "350524106", expiresOn: "2026-04-01") { url } }',
  )
  token = boardLinkCreate.url.replace('/board/', '')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** Every field that there is, however deep. */
function everything(schema: GraphQLSchema, name: string): string {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(name)
  return Object.values(type.getFields())
    .map((field) => {
      const inner = getNamedType(field.type)
      return isScalarType(inner) || isEnumType(inner) ? field.name : `${field.name} { ${everything(schema, inner.name)} }`
    })
    .join(' ')
}
const CHANGES = () => `subscription ($after: String) { boardChanges(after: $after) { ${everything(town.app.door.schema, 'BoardChange')} } }`
const close = (key: string) => alter(town.store, town.hazards[key]!, { stage: HazardStage.CLOSED, closedAt: town.clock.now.toISOString() })
const reopen = (key: string) => alter(town.store, town.hazards[key]!, { stage: HazardStage.PENDING_REVIEW, closedAt: null } as never)
const follow = (events: readonly BoardChange[]) =>
  events.reduce<{ board: Board; step: string } | undefined>((shown, change) => ({ board: stepped(shown, change)!, step: change.step }), undefined)
/** What a query says of the same. */
const asked = async () => (await town.get<{ board: Board }>('town', `{ board { ${everything(town.app.door.schema, 'Board')} } }`)).board

test('a wall is shown everything once, then only what has changed, and stands where a query stands', async () => {
  const client = liveClient(url, token)
  const heard = hear<BoardChange>(client, CHANGES())
  const [first] = await heard.count(1)
  expect(first).toMatchObject({ since: null, delta: null, board: { total: 2, closed: 0 } })
  await close('tea')
  const [, second] = await heard.count(2)
  expect(second).toMatchObject({
    since: first!.step,
    board: null,
    delta: { sums: { closed: 1, open: 1 }, latestClosures: { rows: [{ number: 'YH-202601-tea' }] } },
  })
  // Of the villages and stations only that of the closure, of the days only today.
  expect(second!.delta!.villages!.rows.map(({ closed }) => closed)).toEqual([1])
  expect(second!.delta!.byDay).toEqual({ rows: [expect.objectContaining({ closed: 1 })], order: null })
  expect(second!.delta!.campaign).toBeNull()
  expect(JSON.stringify(second).length).toBeLessThan(JSON.stringify(first).length / 2)
  for (const act of [() => close('inn'), () => reopen('tea'), () => close('tea'), () => reopen('inn')]) {
    await act()
    const seen = heard.events.length
    await until(() => heard.events.length > seen)
  }
  const { asOf: _now, ...board } = await asked()
  expect(follow(heard.events)!.board).toMatchObject(board)
  await reopen('tea')
  await client.dispose()
})

test('a wall that comes back is told once what it missed, in one change; from another process or long ago everything', async () => {
  const client = liveClient(url, token)
  const heard = hear<BoardChange>(client, CHANGES())
  await heard.count(1)
  const shown = follow(heard.events)!
  heard.stop()
  // Others look on, so that many pictures go by.
  const other = hear<BoardChange>(client, CHANGES())
  await other.count(1)
  for (let n = 0; n < 4; n++) {
    const seen = other.events.length
    await (n % 2 ? reopen('tea') : close('inn').then(() => close('tea')))
    await until(() => other.events.length > seen)
  }
  const back = hear<BoardChange>(client, CHANGES(), { after: shown.step })
  const [missed] = await back.count(1)
  expect(missed).toMatchObject({ since: shown.step, board: null })
  const { asOf: _now, ...board } = await asked()
  expect(stepped(shown, missed!)).toMatchObject(board)
  for (const after of ['elsewhere-7', '', 'x'.repeat(500)]) {
    const lost = hear<BoardChange>(client, CHANGES(), { after })
    expect((await lost.count(1))[0]).toMatchObject({ since: null, delta: null, board })
    lost.stop()
  }
  // Who shows the newest is told nothing until something happens.
  const nothing = hear<BoardChange>(client, CHANGES(), { after: missed!.step })
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect(nothing.events).toEqual([])
  await reopen('inn')
  expect((await nothing.count(1))[0]).toMatchObject({ since: missed!.step, board: null })
  await client.dispose()
})

test('on a store with the same log another process shows the same figures under steps of its own', async () => {
  const stop = new AbortController()
  const stepsOf = async () => {
    const feed = new BoardFeed(town.store.reader, { division: '350524106' }, () => town.clock.now)
    const { value } = await feed.changes(undefined, stop.signal)[Symbol.asyncIterator]().next()
    return value as BoardChange
  }
  const [one, other] = [await stepsOf(), await stepsOf()]
  stop.abort()
  expect({ ...one, step: '' }).toEqual({ ...other, step: '' })
  expect(one.step).not.toBe(other.step)
})

test('when the database comes back without its last acts, a wall shows what there is, and goes on from there', async () => {
  const stop = new AbortController()
  const { reader } = town.store
  const feed = new BoardFeed(reader, { division: '350524106' }, () => town.clock.now)
  const seen: BoardChange[] = []
  const watching = (async () => {
    for await (const change of feed.changes(undefined, stop.signal)) seen.push(change)
  })()
  await until(() => seen.length === 1)
  await close('tea')
  await until(() => seen.length === 2)
  // The end of the log is gone, and so is what it told of.
  const em = () => town.store.em(undefined)
  const head = await headOf(reader)
  const away = vi.spyOn(reader, 'all').mockRejectedValue(new Error('away'))
  await feed.current().catch(() => undefined)
  await run(em(), `update hazard set stage = 'REGISTERED', closed_at = null where id = ?`, [town.hazards['tea']!])
  await recount(em(), { repair: true })
  await run(em(), reader.engine === 'sqlite' ? 'drop trigger change_is_not_removed' : 'alter table change disable trigger user')
  await run(em(), 'delete from change where seq = ?', [head])
  await run(em(), 'update chain_head set seq = ?, hash = (select hash from change where seq = ?) where id = 1', [head - 1, head - 1])
  away.mockRestore()
  await until(() => seen.length === 3)
  expect(Number(seen[2]!.seq)).toBeLessThan(Number(seen[1]!.seq))
  expect(seen[2]!.delta!.sums).toMatchObject({ closed: 0 })
  await close('tea')
  await until(() => seen.length === 4)
  expect(seen[3]!.delta!.sums).toMatchObject({ closed: 1 })
  expect(seen[3]!.seq).toBe(seen[1]!.seq)
  await reopen('tea')
  stop.abort()
  await watching
})
