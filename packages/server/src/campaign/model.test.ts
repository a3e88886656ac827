import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Campaigns, type PhaseStands } from '../testing/campaigns.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let campaigns: Campaigns
afterAll(() => removeStores())

/** A new town for each run: an enterprise has one plan a year. */
async function open(): Promise<void> {
  town = await openTown()
  campaigns = new Campaigns(town)
  for (const key of FIRMS)
    await town.get('town', 'mutation ($id: ID!) { hazardVoid(id: $id, version: 1, reason: "重复登记") { id } }', { id: town.hazards[key] })
}

const FIRMS = ['tea', 'inn'] as const
type Firm = (typeof FIRMS)[number]
const STATION: Record<Firm, string> = { tea: 'industry', inn: 'market' }
/** What a person sees of the town: its enterprises. */
const SEES: Record<string, readonly Firm[]> = {
  town: FIRMS,
  county: FIRMS,
  industry: ['tea'],
  market: ['inn'],
  village: ['tea'],
  'ent.tea': ['tea'],
  'town.far': [],
}

const firm = fc.constantFrom(...FIRMS)
const which = fc.constantFrom('made' as const, 'guided' as const)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('policy' as const), firm }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('guide' as const), firm }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('exempt' as const), firm, which, by: fc.constantFrom('town', 'station', 'other', 'ent.tea') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('decide' as const), firm, which, granted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), firm, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), firm }) },
)
type Step = { do: string; firm: Firm; which?: 'made' | 'guided'; by?: string; granted?: boolean }

interface Model {
  policy: Set<Firm>
  guided: Set<Firm>
  closed: Set<Firm>
  /** Of a task and a firm: asked for, or in force. */
  exempt: Map<string, 'ASKED' | 'GRANTED'>
  policies: Map<Firm, string>
}

/** What the phase should say in a person's eyes, by counting one by one. */
function expected(model: Model, who: string) {
  const seen = SEES[who]!.filter((one) => !model.closed.has(one))
  const tasks = (['made', 'guided'] as const).map((which) => {
    const served = seen.filter((one) => (which === 'made' ? model.policy : model.guided).has(one))
    const exempted = seen.filter((one) => !served.includes(one) && model.exempt.get(`${which} ${one}`) === 'GRANTED')
    const missing = seen.length - served.length - exempted.length
    return { denominator: seen.length, served: served.length, exempted: exempted.length, missing, done: seen.length ? missing === 0 : null }
  })
  const asked = tasks.filter(({ done }) => done !== null)
  return { tasks, done: asked.length ? asked.every(({ done }) => done) : null }
}
const shown = ({ tasks, done }: PhaseStands) => ({
  tasks: tasks.map(({ denominator, served, exempted, missing, done: whole }) => ({ denominator, served, exempted, missing, done: whole })),
  done,
})

test('whatever is done in whatever order, a phase is done iff every one asked is served or exempted, in everybody’s eyes, now and as of every step before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      await open()
      const campaign = await campaigns.create()
      const phase = await campaigns.phase(campaign.id, 1, '全面推进', '2026-12-31')
      const tasks = { made: await campaigns.task(phase, 'POLICY_MADE', { position: 1 }), guided: await campaigns.task(phase, 'POLICY_GUIDED', { position: 2 }) }
      await campaigns.start(campaign)
      const model: Model = { policy: new Set(), guided: new Set(), closed: new Set(), exempt: new Map(), policies: new Map() }
      const past: { at: string; town: object }[] = []
      for (const one of steps) {
        town.clock.now = new Date(town.clock.now.getTime() + 60_000)
        await run(one, tasks, model)
        for (const who of Object.keys(SEES)) {
          if (who === 'town.far') continue
          expect(shown((await campaigns.progress(who, campaign.id))[0]!), who).toEqual(expected(model, who))
        }
        past.push({ at: town.clock.now.toISOString(), town: expected(model, 'town') })
      }
      for (const { at, town: then } of past) expect(shown((await campaigns.progress('town', campaign.id, at))[0]!)).toEqual(then)
      for (const who of ['town', 'industry', 'village', 'ent.tea'] as const)
        for (const state of ['SERVED', 'EXEMPTED', 'MISSING'] as const) {
          const listed = await campaigns.units(who, tasks.made, state)
          const stands = expected(model, who).tasks[0]!
          expect(listed).toHaveLength({ SERVED: stands.served, EXEMPTED: stands.exempted, MISSING: stands.missing }[state])
          expect(listed.every(({ id }) => SEES[who]!.some((key) => town.enterprises[key] === id))).toBe(true)
        }
      await town.close()
    }),
    { numRuns: 6 },
  )
}, 300_000)

async function run(one: Step, tasks: Record<'made' | 'guided', string>, model: Model): Promise<void> {
  const id = town.enterprises[one.firm]!
  const key = `${one.which} ${one.firm}`
  switch (one.do) {
    case 'policy': {
      const { data, errors } = await campaigns.policy(STATION[one.firm], id)
      expect(errors?.[0]?.extensions.code).toBe(model.closed.has(one.firm) ? 'ENTERPRISE_CLOSED' : model.policy.has(one.firm) ? 'CONFLICT' : undefined)
      if (!data) return
      model.policy.add(one.firm)
      model.policies.set(one.firm, (data['policyWrite'] as { id: string }).id)
      return
    }
    case 'guide': {
      const policy = model.policies.get(one.firm)
      if (!policy) return
      const guide = 'mutation ($p: ID!, $d: Day!) { policyGuide(policy: $p, guidedOn: $d, finding: "通道堆物") { id } }'
      const d = new Date(town.clock.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
      expect(await town.code(STATION[one.firm], guide, { p: policy, d })).toBeUndefined()
      model.guided.add(one.firm)
      return
    }
    case 'exempt': {
      const who = one.by === 'station' ? STATION[one.firm] : one.by === 'other' ? STATION[one.firm === 'tea' ? 'inn' : 'tea'] : one.by!
      const { data, errors } = await campaigns.exempt(who, tasks[one.which!], id)
      const code = errors?.[0]?.extensions.code
      if (one.by === 'ent.tea') return void expect(code).toBe('FORBIDDEN')
      if (one.by === 'other') return void expect(code).toBe('NOT_FOUND')
      if (model.exempt.has(key)) return void expect(code).toBe('ALREADY')
      const stage = (data!['campaignExempt'] as { stage: 'ASKED' | 'GRANTED' }).stage
      expect(stage).toBe(one.by === 'town' ? 'GRANTED' : 'ASKED')
      model.exempt.set(key, stage)
      return
    }
    default: {
      if (one.do === 'close') return closeDown(one.firm, model)
      const unit = (await campaigns.units('town', tasks[one.which!])).find((row) => row.id === id)
      if (!unit?.exemption) return
      const on = { id: unit.exemption, v: unit.exemptionVersion }
      if (one.do === 'withdraw') {
        const code = await town.code(
          'town',
          'mutation ($id: ID!, $v: Int!) { campaignExemptionWithdraw(id: $id, version: $v, reason: "已恢复生产") { id } }',
          on,
        )
        expect(code).toBeUndefined()
        model.exempt.delete(key)
        return
      }
      const decide = 'mutation ($id: ID!, $v: Int!, $g: Boolean!) { campaignExemptionDecide(id: $id, version: $v, granted: $g, remark: "已核实") { id } }'
      expect(await town.code(STATION[one.firm], decide, { ...on, g: one.granted })).toBe('FORBIDDEN')
      expect(await town.code('town', decide, { ...on, g: one.granted })).toBe(model.exempt.get(key) === 'ASKED' ? undefined : 'WRONG_STAGE')
      if (model.exempt.get(key) !== 'ASKED') return
      if (one.granted) model.exempt.set(key, 'GRANTED')
      else model.exempt.delete(key)
    }
  }
}

const versionOf = async (key: Firm) =>
  (await town.get<{ enterprise: { version: number } }>('town', 'query ($id: ID!) { enterprise(id: $id) { version } }', { id: town.enterprises[key] }))
    .enterprise.version

async function closeDown(key: Firm, model: Model): Promise<void> {
  if (model.closed.has(key)) return
  const day = new Date(town.clock.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const close = 'mutation ($id: ID!, $v: Int!, $d: Day!) { enterpriseCloseDown(id: $id, version: $v, closedOn: $d, reason: "搬迁") { id } }'
  expect(await town.code('town', close, { id: town.enterprises[key], v: await versionOf(key), d: day })).toBeUndefined()
  model.closed.add(key)
}
