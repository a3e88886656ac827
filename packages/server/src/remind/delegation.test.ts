import { setTimeout as pause } from 'node:timers/promises'
import { ref } from '@mikro-orm/core'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HazardAct } from '../hazard/acts.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import { DEFAULT_RULES as rules } from '../hazard/rules.js'
import { aHazard, at, somebody } from '../hazard/sample.js'
import { HazardSeverity, HazardStage } from '../hazard/terms.js'
import type { Actor } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'
import { alter } from '../testing/live.js'
import { idOf, inShanghai, twinOf } from '../testing/remind.js'
import { removeStores } from '../testing/store.js'
import { type Answer, openTown, type Town } from '../testing/town.js'
import { Criterion } from '../standard/criterion.entity.js'

let town: Town
const ids: Record<string, string> = {}
beforeAll(async () => {
  town = await openTown()
  for (const [one, twin] of [
    ['industry', 'industry.2'],
    ['industry', 'industry.3'],
    ['ent.tea', 'ent.tea.2'],
    ['ent.tea', 'ent.tea.3'],
    ['town', 'town.2'],
  ] as const)
    ids[twin] = await twinOf(town, one, twin)
  for (const who of ['industry', 'ent.tea', 'town', 'market', 'village']) ids[who] = await idOf(town, who)
  town.clock.now = inShanghai('2026-03-02', '09:00')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const GIVE = 'mutation ($d: ID!, $f: Day!, $t: Day!, $p: ID) { delegationGive(delegate: $d, fromOn: $f, toOn: $t, principal: $p) { id version live } }'
const give = (who: string, delegate: string, fromOn: string, toOn: string, principal?: string) =>
  town.ask(who, GIVE, { d: ids[delegate], f: fromOn, t: toOn, ...(principal ? { p: ids[principal] } : {}) })
const codeOf = (answer: Answer) => answer.errors?.[0]?.extensions.code
const givenId = (answer: Answer) => (answer.data!['delegationGive'] as { id: string; version: number }).id
async function end(who: string, id: string) {
  const rows = await town.store.reader.all('select version from delegation where id = ?', [id])
  return town.code(who, 'mutation ($i: ID!, $v: Int!) { delegationEnd(id: $i, version: $v) { id } }', { i: id, v: Number(rows[0]!['version']) })
}
/** Asks in somebody's stead. */
async function inStead(who: string, delegation: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const answer = await town.app.fastify.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization: `Bearer ${await town.as(who)}`, 'x-stand-in': delegation },
    payload: { query, variables },
  })
  return answer.json<Answer>()
}
const hazardNow = async (key = 'tea') => (await town.store.reader.all('select * from hazard where id = ?', [town.hazards[key]]))[0]!
const versioned = async (key = 'tea') => ({ id: town.hazards[key], v: Number((await hazardNow(key))['version']) })
const ACCEPT = 'mutation ($id: ID!, $v: Int!) { hazardAccept(id: $id, version: $v) { id } }'
const CLOSE = 'mutation ($id: ID!, $v: Int!) { hazardClose(id: $id, version: $v) { id stage } }'
/** Notified by the enterprise's own people, so that they verify among themselves. */
const fresh = () =>
  alter(town.store, town.hazards['tea']!, {
    ...{ stage: HazardStage.NOTIFIED, dueOn: '2026-03-20', originalDueOn: '2026-03-20', fixers: '', foundByRole: 'ENTERPRISE', photosAfter: 1 },
    ...({ rectifier: null, submittedBy: null, firstReviewer: null, firstReviewerFor: null, closedAt: null } as object),
  })
const waitingForReview = () => alter(town.store, town.hazards['tea']!, { stage: HazardStage.PENDING_REVIEW, fixingsApprovedBy: 'x' })

test('duties are handed to a colleague of the same role and place, for days to come, and to nobody twice or on and on', async () => {
  const colleagues = await town.get<{ colleagues: { username: string }[] }>('industry', '{ colleagues { username } }')
  expect(colleagues.colleagues.map(({ username }) => username)).toEqual(['industry.2', 'industry.3'])
  for (const stranger of ['market', 'village', 'ent.tea', 'town', 'industry'])
    expect(codeOf(await give('industry', stranger, '2026-03-02', '2026-03-05')), stranger).toBe('NOT_A_COLLEAGUE')
  expect(codeOf(await give('industry', 'industry.2', '2026-03-01', '2026-03-05'))).toBe('DAY_PAST')
  expect(codeOf(await give('industry', 'industry.2', '2026-03-05', '2026-03-04'))).toBe('BAD_RANGE')
  expect(codeOf(await give('industry', 'industry.2', '2026-03-05', '2026-12-04'))).toBe('DAY_FAR')
  const given = await give('industry', 'industry.2', '2026-03-02', '2026-03-05')
  expect(given.data).toMatchObject({ delegationGive: { live: true } })
  expect(codeOf(await give('industry', 'industry.3', '2026-03-05', '2026-03-06'))).toBe('DELEGATION_CHAIN')
  expect(codeOf(await give('industry.2', 'industry.3', '2026-03-04', '2026-03-04'))).toBe('DELEGATION_CHAIN')
  expect(codeOf(await give('industry.3', 'industry', '2026-03-04', '2026-03-04'))).toBe('DELEGATION_CHAIN')
  expect(await end('industry.3', givenId(given))).toBe('NOT_FOUND')
  expect(await end('industry.2', givenId(given))).toBeUndefined()
  expect(codeOf(await give('industry.2', 'industry.3', '2026-03-04', '2026-03-04'))).toBeUndefined()
  // Told to the one, and to nobody else of the station.
  const told = async (who: string) =>
    (await town.get<{ reminders: { nodes: { kind: string }[] } }>(who, '{ reminders { nodes { kind } } }')).reminders.nodes.length
  expect([await told('industry.2'), await told('industry.3'), await told('industry')]).toEqual([1, 1, 0])
})

test('the town office may set it for others of its territory; nobody else for anybody', async () => {
  expect(codeOf(await give('ent.tea', 'ent.tea.3', '2026-03-02', '2026-03-02', 'ent.tea.2'))).toBe('NOT_FOUND')
  expect(codeOf(await give('town.far', 'ent.tea.3', '2026-03-02', '2026-03-02', 'ent.tea.2'))).toBe('NOT_FOUND')
  const given = await give('town', 'ent.tea.3', '2026-03-02', '2026-03-02', 'ent.tea.2')
  expect(codeOf(given)).toBeUndefined()
  expect(await end('town', givenId(given))).toBeUndefined()
})

test('what is done in somebody’s stead says so in the history, and is over when the period is', async () => {
  await fresh()
  const given = givenId(await give('ent.tea', 'ent.tea.2', '2026-03-02', '2026-03-03'))
  expect(codeOf(await inStead('ent.tea.2', given, ACCEPT, await versioned()))).toBeUndefined()
  const { changes } = await town.get<{ changes: { nodes: { act: string; actorName: string }[] } }>(
    'industry',
    'query ($r: ID!) { changes(thing: "Hazard", record: $r, first: 1) { nodes { act actorName } } }',
    { r: town.hazards['tea'] },
  )
  expect(changes.nodes[0]).toEqual({ act: 'hazardAccept', actorName: 'ent.tea.2（代 ent.tea）' })
  // Somebody else's delegation, or one that is over, opens nothing; it does not turn into an act of one's own.
  await fresh()
  expect(codeOf(await inStead('ent.tea.3', given, ACCEPT, await versioned()))).toBe('STAND_IN_OVER')
  town.clock.now = inShanghai('2026-03-04', '00:00')
  await pause(600)
  expect(codeOf(await inStead('ent.tea.2', given, ACCEPT, await versioned()))).toBe('STAND_IN_OVER')
  expect(codeOf(await town.ask('ent.tea.2', ACCEPT, await versioned()))).toBeUndefined()
  town.clock.now = inShanghai('2026-03-02', '09:00')
  await pause(600)
  await end('ent.tea', given)
})

test('if one of the two has fixed, neither verifies while the one stands in for the other, in whosever name', async () => {
  const given = givenId(await give('ent.tea', 'ent.tea.2', '2026-03-02', '2026-03-03'))
  const acts = async (who: string) =>
    (await town.get<{ hazards: { nodes: { acts: string[] }[] } }>(who, `{ hazards(where: { id: { eq: "${town.hazards['tea']}" } }) { nodes { acts } } }`))
      .hazards.nodes[0]!.acts
  const queue = async (who: string) =>
    (await town.get<{ hazards: { totalCount: number } }>(who, '{ hazards(queue: TO_REVIEW) { totalCount } }')).hazards.totalCount
  for (const fixer of ['ent.tea', 'ent.tea.2', 'stand-in']) {
    await fresh()
    const accepted = fixer === 'stand-in' ? await inStead('ent.tea.2', given, ACCEPT, await versioned()) : await town.ask(fixer, ACCEPT, await versioned())
    expect(codeOf(accepted)).toBeUndefined()
    await waitingForReview()
    for (const who of ['ent.tea', 'ent.tea.2']) {
      expect(codeOf(await town.ask(who, CLOSE, await versioned())), `${fixer} fixed, ${who} verifies`).toBe('SAME_PERSON')
      expect(await acts(who)).not.toContain('CLOSE')
      expect(await queue(who)).toBe(0)
    }
    expect(codeOf(await inStead('ent.tea.2', given, CLOSE, await versioned())), `${fixer} fixed, the stand-in verifies`).toBe('SAME_PERSON')
    expect(await queue('ent.tea.3')).toBe(1)
    expect(codeOf(await town.ask('ent.tea.3', CLOSE, await versioned()))).toBeUndefined()
  }
  // Over: what was done in his stead he still did not verify.
  await fresh()
  await inStead('ent.tea.2', given, ACCEPT, await versioned())
  await waitingForReview()
  await end('ent.tea', given)
  for (const who of ['ent.tea', 'ent.tea.2']) expect(codeOf(await town.ask(who, CLOSE, await versioned())), who).toBe('SAME_PERSON')
})

test('an extension asked for by one is not granted by the other', async () => {
  await fresh()
  const given = givenId(await give('ent.tea', 'ent.tea.2', '2026-03-02', '2026-03-03'))
  const ask = 'mutation ($id: ID!, $v: Int!) { extensionAsk(hazard: $id, version: $v, toDueOn: "2026-03-25", reason: "等配件") { id version } }'
  const asked = (await inStead('ent.tea.2', given, ask, await versioned())).data!['extensionAsk'] as { id: string; version: number }
  const decide = (who: string) =>
    town.code(who, 'mutation ($i: ID!, $v: Int!) { extensionDecide(id: $i, version: $v, approve: true) { id } }', { i: asked.id, v: asked.version })
  expect(await decide('ent.tea')).toBe('SAME_PERSON')
  expect(await decide('ent.tea.2')).toBe('SAME_PERSON')
  await end('ent.tea', given)
  expect(await decide('ent.tea')).toBe('SAME_PERSON')
  expect(await decide('ent.tea.3')).toBeUndefined()
})

/** A week of five people, who stand in for each other as they like: whoever stands behind a fix stands behind no verification. */
interface Live {
  principal: number
  delegate: number
}
const PEOPLE = 5
const step = fc.record({
  what: fc.constantFrom('act', 'act', 'act', 'act', 'give', 'end'),
  who: fc.nat(PEOPLE - 1),
  other: fc.nat(PEOPLE - 1),
  act: fc.constantFrom(HazardAct.ACCEPT, HazardAct.SUBMIT, HazardAct.CLOSE, HazardAct.CLOSE, HazardAct.RETURN),
  fits: fc.boolean(),
  stead: fc.boolean(),
  role: fc.constantFrom('ENTERPRISE', 'STATION', 'TOWN_OFFICE'),
})

test('under any chain of delegations, who fixed and who verified are never one', () => {
  let closed = 0
  let inStead = 0
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 20, maxLength: 80 }),
      fc.constantFrom('ENTERPRISE', 'STATION', 'TOWN_OFFICE'),
      fc.constantFrom(...Object.values(HazardSeverity)),
      (steps, foundByRole, severity) => {
        const hazard = aHazard({ foundByRole, severity, stage: HazardStage.NOTIFIED, dueOn: '2026-03-20', fixingsApprovedBy: 'boss', criterion: ref(clause) })
        let live: Live[] = []
        /** Behind each act: the account, in whose stead, and who counts as one with it at the time. */
        const fixed = new Set<string>()
        const signed: string[][] = []
        for (const { what, who, other, act, fits, stead, role } of steps) {
          if (what === 'give' && who !== other) live.push({ principal: who, delegate: other })
          if (what === 'end') live = live.filter(({ principal }) => principal !== who)
          if (what !== 'act') continue
          const fixing = act === HazardAct.ACCEPT || act === HazardAct.SUBMIT
          const by = actorOf(who, fits ? (fixing ? 'ENTERPRISE' : 'STATION') : (role as Actor['role']), live, stead)
          const behind = [by.id, ...(by.standIn ? [by.standIn.principal] : [])]
          const all = [...behind, ...(by.alike ?? [])]
          try {
            take(hazard, act, by)
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            continue
          }
          if (fixing) for (const id of behind) fixed.add(id)
          if (act === HazardAct.RETURN) signed.length = 0
          if (act !== HazardAct.CLOSE) continue
          expect(all.filter((id) => fixed.has(id))).toEqual([])
          for (const earlier of signed) expect(all.filter((id) => earlier.includes(id))).toEqual([])
          signed.push(behind)
          if (hazard.stage === HazardStage.CLOSED) closed++
          if (by.standIn) inStead++
        }
      },
    ),
    { numRuns: 3_000 },
  )
  // It would prove nothing if hardly any got that far.
  expect(closed).toBeGreaterThan(300)
  expect(inStead).toBeGreaterThan(30)
})

function actorOf(who: number, role: Actor['role'], live: readonly Live[], stead: boolean): Actor {
  const pairs = live.filter(({ principal, delegate }) => principal === who || delegate === who)
  const alike = pairs.map(({ principal, delegate }) => `p${principal === who ? delegate : principal}`)
  const mine = live.find(({ delegate }) => delegate === who)
  return somebody(`p${who}`, role, {
    ...(alike.length ? { alike } : {}),
    ...(stead && mine ? { standIn: { delegation: 'd', principal: `p${mine.principal}` } } : {}),
  })
}

const clause = new Criterion()
function take(hazard: Hazard, act: HazardAct, by: Actor): void {
  const now = at('2026-03-02')
  if (act === HazardAct.ACCEPT) hazard.accept(by, now)
  if (act === HazardAct.SUBMIT) hazard.submit(by, now, { result: '改', photos: 1 })
  if (act === HazardAct.CLOSE) hazard.close(by, now, rules, '')
  if (act === HazardAct.RETURN) hazard.return(by, now, rules, '不合格', '2026-03-20')
}
