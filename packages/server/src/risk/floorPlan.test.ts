import { afterAll, beforeAll, expect, test } from 'vitest'
import { Attachment } from '../attachment/attachment.entity.js'
import { act } from '../shared/act.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import type { RiskColor } from './terms.js'

let town: Town
let plan: string
beforeAll(async () => {
  town = await openTown()
  plan = await planOf('ent.tea', town.enterprises['tea']!)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** A picture that somebody has sent and not used yet. */
async function upload(who: string): Promise<string> {
  const { viewer } = await town.get<{ viewer: { id: string } }>(who, '{ viewer { id } }')
  const file = Object.assign(new Attachment(), {
    ...{ name: '平面图.jpg', mime: 'image/jpeg', bytes: 10, width: 1600, height: 1000, sha256: 'a'.repeat(64) },
    ...{ uploadedBy: viewer.id, division: '350524106201', createdAt: town.clock.now.toISOString() },
    ...(who.startsWith('ent') ? { enterpriseId: town.enterprises['tea']! } : {}),
  })
  await act(
    { em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'upload' },
    'fileUpload',
    async ({ em }) => void em.persist(file),
  )
  return file.id
}
const ADD = 'mutation ($e: ID!, $p: ID!) { floorPlanAdd(enterprise: $e, facts: { name: "一层" }, picture: $p) { id width height files { url } } }'
const planOf = async (who: string, enterprise: string) =>
  (await town.get<{ floorPlanAdd: { id: string } }>(who, ADD, { e: enterprise, p: await upload(who) })).floorPlanAdd.id

interface Point {
  id: string
  version: number
}
async function point(who = 'ent.tea', unit = 'tea'): Promise<Point> {
  const made = await town.get<{ riskPointAdd: Point }>(
    who,
    `mutation ($e: ID!, $u: ID) { riskPointAdd(enterprise: $e, unit: $u, facts: { name: "揉捻机", kind: FACILITY }, sources: { factors: [OBJECT], accidentTypes: ["机械伤害"] }) { id version } }`,
    { e: town.enterprises['tea'], u: town.units[unit] },
  )
  return made.riskPointAdd
}
const LS: Record<RiskColor, { l10: number; c: number }> = {
  RED: { l10: 50, c: 5 },
  ORANGE: { l10: 40, c: 4 },
  YELLOW: { l10: 30, c: 3 },
  BLUE: { l10: 10, c: 1 },
}
const rate = async ({ id, version }: Point, color: keyof typeof LS) =>
  (
    await town.get<{ riskPointAssess: Point }>(
      'ent.tea',
      'mutation ($id: ID!, $v: Int!, $a: AssessmentInput!) { riskPointAssess(id: $id, version: $v, assessment: $a) { id version } }',
      { id, v: version, a: { preset: 'LS_A', inherent: LS['RED' as RiskColor], residual: LS[color] } },
    )
  ).riskPointAssess
const PLACE =
  'mutation ($p: ID!, $k: MarkKind!, $t: ID!, $x: Int!, $y: Int!, $l: String, $a: ID) { floorMarkPlace(plan: $p, kind: $k, target: $t, x: $x, y: $y, label: $l, area: $a) { id version } }'
const place = (target: string, x: number, y: number, more: object = {}, who = 'ent.tea') =>
  town.ask(who, PLACE, { p: plan, k: 'RISK_POINT', t: target, x, y, ...more })
const DRAW = 'mutation ($p: ID!, $o: [SpotInput!]!) { floorAreaDraw(plan: $p, name: "杀青区", outline: $o) { id version } }'
const SQUARE = [
  [100, 100],
  [300, 100],
  [300, 300],
  [100, 300],
].map(([x, y]) => ({ x, y }))
const seen = async (who = 'town') =>
  (
    await town.get<{
      floorPlan: {
        coloredAreas: { id: string; color: string | null; points: number }[]
        coloredMarks: { id: string; color: string | null; name: string | null }[]
      }
    }>(who, 'query ($id: ID!) { floorPlan(id: $id) { coloredAreas { id color points } coloredMarks { id color name } } }', { id: plan })
  ).floorPlan
const refusal = (answer: { errors?: { extensions: { code: string; field?: string } }[] }) => answer.errors?.[0]?.extensions.code

test('a plan is the enterprise’s own, with a picture it has sent', async () => {
  const { floorPlanAdd } = await town.get<{ floorPlanAdd: { width: number; files: unknown[] } }>('ent.tea', ADD, {
    e: town.enterprises['tea'],
    p: await upload('ent.tea'),
  })
  expect(floorPlanAdd).toMatchObject({ width: 1600, height: 1000, files: [{}] })
  for (const who of ['town', 'industry', 'village', 'workshop.tea', 'county'])
    expect(await town.code(who, ADD, { e: town.enterprises['tea'], p: await upload(who) })).toBe('FORBIDDEN')
  expect(await town.code('ent.tea', ADD, { e: town.enterprises['inn'], p: await upload('ent.tea') })).toBe('NOT_FOUND')
  expect(await town.code('ent.tea', ADD, { e: town.enterprises['tea'], p: await upload('town') })).toBe('NOT_FOUND')
})

test('an area takes the colour of its worst live point, inside, on its border or bound to it; it follows each act', async () => {
  const area = (await town.get<{ floorAreaDraw: Point }>('ent.tea', DRAW, { p: plan, o: SQUARE })).floorAreaDraw
  const color = async () => (await seen()).coloredAreas.find(({ id }) => id === area.id)
  expect(await color()).toMatchObject({ color: null, points: 0 })
  const blue = await rate(await point(), 'BLUE' as RiskColor)
  await place(blue.id, 100, 200)
  expect(await color()).toMatchObject({ color: 'BLUE', points: 1 })
  const far = await rate(await point('ent.tea', 'tea2'), 'YELLOW' as RiskColor)
  const mark = (await place(far.id, 900, 900)).data!['floorMarkPlace'] as Point
  expect(await color()).toMatchObject({ color: 'BLUE', points: 1 })
  const bind = await town.get<{ floorMarkBind: Point }>(
    'ent.tea',
    'mutation ($id: ID!, $v: Int!, $a: ID) { floorMarkBind(id: $id, version: $v, area: $a) { id version } }',
    {
      ...{ id: mark.id, v: mark.version, a: area.id },
    },
  )
  expect(await color()).toMatchObject({ color: 'YELLOW', points: 2 })
  const seenByHead = await seen('workshop.tea')
  expect(seenByHead.coloredMarks.find(({ id }) => id === mark.id)).toMatchObject({ color: 'YELLOW', name: null })
  await rate(blue, 'YELLOW' as RiskColor)
  const MOVE = 'mutation ($id: ID!, $v: Int!, $x: Int!, $y: Int!) { floorMarkMove(id: $id, version: $v, x: $x, y: $y) { id version } }'
  expect(await town.code('ent.tea', MOVE, { id: mark.id, v: mark.version, x: 200, y: 200 })).toBe('CONFLICT')
  expect(await town.code('ent.tea', MOVE, { id: mark.id, v: bind.floorMarkBind.version, x: 1001, y: 200 })).toBe('OFF_PLAN')
  await town.get('ent.tea', 'mutation ($id: ID!, $v: Int!) { riskPointEnd(id: $id, version: $v, reason: "已拆除") { id } }', { id: far.id, v: far.version })
  expect(await color()).toMatchObject({ color: 'YELLOW', points: 1 })
  expect((await seen()).coloredMarks.some(({ id }) => id === mark.id)).toBe(false)
  await town.get('ent.tea', 'mutation ($id: ID!, $v: Int!) { floorAreaRemove(id: $id, version: $v) }', { id: area.id, v: area.version })
  expect(await color()).toBeUndefined()
})

test('a point stands once on a plan, a sign needs its words, an outline its corners', async () => {
  const one = await point()
  expect((await place(one.id, 0, 1000)).errors).toBeUndefined()
  expect(refusal(await place(one.id, 10, 10))).toBe('ALREADY_PLACED')
  expect(refusal(await place(town.enterprises['tea']!, 10, 10))).toBe('NOT_FOUND')
  expect(refusal(await place(one.id, 10, 10, { k: 'SIGN' }))).toBe('MISSING')
  expect((await place(one.id, 10, 10, { k: 'SIGN', l: '禁止烟火' })).errors).toBeUndefined()
  const line = [0, 500, 1000].map((n) => ({ x: n, y: n }))
  for (const outline of [SQUARE.slice(0, 2), line, [...SQUARE, { x: -1, y: 0 }]])
    expect(refusal(await town.ask('ent.tea', DRAW, { p: plan, o: outline }))).toMatch(/OUTLINE|OFF_PLAN/)
  for (const who of ['town', 'industry', 'workshop.tea']) expect(await town.code(who, DRAW, { p: plan, o: SQUARE })).toBe('FORBIDDEN')
  expect(await town.code('market', 'query ($id: ID!) { floorPlan(id: $id) { id } }', { id: plan })).toBe('NOT_FOUND')
})
