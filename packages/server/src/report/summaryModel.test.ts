import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Months, type Sheet, type SummaryRow } from '../testing/months.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
let town: Town
let months: Months
beforeAll(async () => {
  town = await openTown()
  months = new Months(town)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const UNITS = ['industry', 'market', 'village', 'east', 'town'] as const
type Unit = (typeof UNITS)[number]
const unit = fc.constantFrom(...UNITS)
const who = fc.constantFrom('industry', 'market', 'village', 'town', 'county', 'town.far', 'ent.tea')
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('submit' as const), unit, who, own: fc.boolean(), named: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('accept' as const), unit, who, own: fc.boolean(), named: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), unit, who, own: fc.boolean(), named: fc.constant(false) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reopen' as const), unit, who, own: fc.boolean(), named: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('chase' as const), unit, who, own: fc.boolean(), named: fc.constant(false) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const writer = (one: Unit) => (one === 'east' ? 'nobody' : one)
const above = (one: Unit) => (one === 'town' ? 'county' : 'town')
const signed = (state: string) => state === 'SUBMITTED' || state === 'ACCEPTED'

test('whatever is done by whomever in whatever order: no town signed over one that is neither accepted nor named, frozen figures never change, reopening needs the level above', async () => {
  let month = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 22 }), async (steps) => {
      month += 1
      const period = `${2026 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
      const ids = await openMonth(period)
      const state: Record<string, string> = Object.fromEntries(UNITS.map((one) => [one, 'DRAFT']))
      let named: Unit[] = []
      const frozen = new Map<Unit, { asOf: string; lines: Sheet['lines'] }>()
      for (const one of steps) {
        town.clock.now = new Date(town.clock.now.getTime() + 1_000)
        const by = one.own ? (one.do === 'submit' ? writer(one.unit) : above(one.unit)) : one.who
        if (by === 'nobody') continue
        const row = (await find(ids[one.unit]))!
        const code = await months.code(by, one.do, row, moreOf(one, state, ids))
        expect(code === undefined, `${by} ${one.do} ${one.unit} ${JSON.stringify(state)} → ${code}`).toBe(allowed(one, by, state, named))
        if (code !== undefined) continue
        if (one.do === 'submit') {
          state[one.unit] = 'SUBMITTED'
          if (one.unit === 'town') named = UNITS.filter((each) => each !== 'town' && state[each] !== 'ACCEPTED')
          const { asOf, lines } = await months.sheet('town', row)
          frozen.set(one.unit, { asOf, lines })
        }
        if (one.do === 'accept') state[one.unit] = 'ACCEPTED'
        if (one.do === 'return' || one.do === 'reopen') state[one.unit] = 'RETURNED'
        if (signed(state['town']!)) for (const each of UNITS) expect(each === 'town' || state[each] === 'ACCEPTED' || named.includes(each)).toBe(true)
      }
      for (const [each, { asOf, lines }] of frozen) {
        if (!signed(state[each]!)) continue
        const now = await months.sheet('town', { id: ids[each] })
        expect([now.asOf, now.lines]).toEqual([asOf, lines])
        expect((await months.sheet('town', { id: ids[each] }, asOf)).lines).toEqual(lines)
      }
    }),
    { numRuns: 12 },
  )
})

async function openMonth(period: string): Promise<Record<Unit, string>> {
  const day = `${period}-15`
  if (town.clock.now.toISOString() < `${day}T02:00:00.000Z`) town.clock.now = new Date(`${day}T02:00:00.000Z`)
  town.forget()
  await months.open(day)
  const rows = (await months.list('town')).filter((row) => row.period === period)
  const id = (name: string) => rows.find(({ unitName }) => unitName === name)!.id
  return { industry: id('经济发展办公室'), market: id('市场监督管理所'), village: id('金谷村'), east: id('金东村'), town: id('金谷镇') }
}
const find = async (id: string): Promise<SummaryRow> => months.look('town', { id })

function moreOf(one: Step, state: Record<string, string>, ids: Record<Unit, string>): unknown {
  if (one.do === 'return' || one.do === 'reopen') return '数字有误'
  if (one.do !== 'submit') return undefined
  if (one.unit !== 'town' || !one.named) return []
  return UNITS.filter((each) => each !== 'town' && state[each] !== 'ACCEPTED').map((each) => ({ summary: ids[each], reason: '没有报来' }))
}

function allowed(one: Step, by: string, state: Record<string, string>, named: readonly Unit[]): boolean {
  const now = state[one.unit]!
  if (one.do === 'submit') {
    if (by !== writer(one.unit) || signed(now)) return false
    return one.unit !== 'town' || one.named || UNITS.every((each) => each === 'town' || state[each] === 'ACCEPTED')
  }
  if (by !== above(one.unit)) return false
  if (one.do === 'accept') return now === 'SUBMITTED'
  // The county reads what is signed, so it cannot chase what it does not see.
  if (one.do === 'chase') return !signed(now) && (one.unit !== 'town' || now === 'RETURNED') && !chasedToday(one.unit)
  if (now !== (one.do === 'return' ? 'SUBMITTED' : 'ACCEPTED')) return false
  return one.unit === 'town' || !signed(state['town']!) || named.includes(one.unit)
}
const chased = new Set<string>()
function chasedToday(one: Unit): boolean {
  const key = `${one} ${town.clock.now.toISOString().slice(0, 10)}`
  if (chased.has(key)) return true
  chased.add(key)
  return false
}
