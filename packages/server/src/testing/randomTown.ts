import { ref } from '@mikro-orm/core'
import { Phase } from '../campaign/phase.entity.js'
import { Enterprise, ScaleClass } from '../enterprise/enterprise.entity.js'
import { Extension, ExtensionDecision } from '../hazard/extension.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Reminder, ReminderKind } from '../remind/reminder.entity.js'
import { HazardCategory, HazardFactor, HazardSeverity, HazardSource, HazardStage, ManageType } from '../hazard/terms.js'
import type { Recorded } from '../shared/recorded.entity.js'
import { act } from '../shared/act.js'
import { instant } from '../shared/days.js'
import { Criterion } from '../standard/criterion.entity.js'
import { openTown, type Town, TOWN_OPENS } from './town.js'

/** A small generator of its own, so that the same rows come on both engines. */
export function dice(seed: number) {
  let state = seed
  const next = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  return { next, of: <T>(list: readonly T[]): T => list[next(list.length)]! }
}
type Dice = ReturnType<typeof dice>

/** Ties, empty values, letters that sort and fold in different ways, ends of months, of years and of Shanghai's days. */
const PLACES = ['部位一', '部位二', 'ABC', 'abc', 'aBc 2', 'Éa', 'éA', 'Ａ', 'ａ', '100%_\\的', '😀屋顶', '～线', 'o’k', "o'k", ' 空']
const DAYS = ['2024-02-29', '2024-12-29', '2024-12-30', '2024-12-31', '2025-01-01', '2025-12-28', '2025-12-29', '2025-12-31', '2026-01-01', '2026-01-04']
const LATE = ['2026-01-05', '2026-01-31', '2026-02-01', '2026-02-16', '2026-02-25', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']
const TIMES = ['00:00:00.000', '01:12:00.000', '04:48:00.000', '07:12:00.000', '15:59:59.999', '16:00:00.000', '16:00:00.001', '23:59:59.999']
const VILLAGES = ['350524106201', '350524106202', '350524106203', '350524107201', '350524106']
const STATIONS = ['INDUSTRY_STATION', 'MARKET_STATION', 'GHOST_STATION', undefined]

/** openTown's two towns, full of random enterprises and hazards with what hangs on them. */
export async function openRandomTown(seed: number, hazards = 300): Promise<Town> {
  const town = await openTown()
  const luck = dice(seed)
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'random' }, 'settle', async ({ em }) => {
    const known = await em.find(Enterprise, {})
    const enterprises = [...known, ...Array.from({ length: 14 }, (_, i) => enterprise(luck, i))]
    const criteria = ['甲', '乙', '丙'].map((clause) => criterion(luck, clause))
    em.persist([...enterprises, ...criteria, ...PHASES.map(phase)])
    for (let i = 0; i < hazards; i++) {
      const one = hazard(luck, i, luck.of(enterprises), luck.of(criteria))
      em.persist([one, ...hangingOn(one, luck)])
    }
  })
  return town
}

/** What became of a random town: records changed, moved and added, as of the town's clock. */
export async function goOn(town: Town, seed: number, changed = 90): Promise<void> {
  const luck = dice(seed)
  await act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'later' }, 'later', async ({ em }) => {
    const enterprises = await em.find(Enterprise, {}, { orderBy: { name: 'asc', enteredOn: 'asc', id: 'asc' } })
    const criteria = await em.find(Criterion, {}, { orderBy: { code: 'asc' } })
    const hazards = await em.find(Hazard, {}, { orderBy: { number: 'asc' } })
    for (let i = 0; i < changed; i++) {
      const became = hazard(luck, i, luck.of(enterprises), luck.of(criteria))
      Object.assign(luck.of(hazards), facts(became), luck.next(3) ? {} : { dueOn: null, category: null, costFen: null })
    }
    for (const one of await em.find(Extension, {}, { limit: 40, orderBy: { id: 'asc' } })) one.decision = luck.of(Object.values(ExtensionDecision))
    for (const one of enterprises.slice(0, 6)) Object.assign(one, facts(enterprise(luck, 1)))
    em.persist([enterprise(luck, 20), enterprise(luck, 21)])
    for (let i = 0; i < changed / 3; i++) {
      const one = hazard(luck, 1_000 + i, luck.of(enterprises), luck.of(criteria))
      em.persist([one, ...hangingOn(one, luck)])
    }
  })
}

/** What is said of a record, apart from which it is. */
const facts = (one: Hazard | Enterprise) => {
  const { id: _id, version: _version, createdAt: _at, ...rest } = one as Recorded & { number?: string }
  const { number: _number, ...said } = rest
  return given(said)
}

/** Campaigns that follow one another, with a gap, and one that runs beside them. */
const PHASES: [string, number, string, string, string][] = [
  ['百日行动', 1, '动员部署', '2024-12-01', '2024-12-30'],
  ['百日行动', 2, '全面推进', '2024-12-31', '2025-12-28'],
  ['春季行动', 1, '自查自改', '2025-12-30', '2026-01-31'],
  ['春季行动', 2, '督导检查', '2026-02-01', '2026-02-28'],
  ['另一行动', 3, '回头看', '2026-02-01', '2026-02-16'],
]
const phase = ([campaign, position, name, startsOn, endsOn]: (typeof PHASES)[number]): Phase =>
  Object.assign(new Phase(), { campaign, position, name, startsOn, endsOn, createdAt: '2024-11-01T00:00:00.000Z' })

const maybe = <T>(luck: Dice, value: T): T | undefined => (luck.next(3) ? value : undefined)
const given = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

function enterprise(luck: Dice, i: number): Enterprise {
  const values = {
    name: `${luck.of(PLACES)}厂${i % 9}`,
    division: luck.of(VILLAGES),
    station: luck.of(STATIONS),
    trade: luck.of(['茶业', '石材', 'Tea', undefined]),
    scaleClass: luck.of([...Object.values(ScaleClass), undefined]),
    staffCount: maybe(luck, luck.next(40)),
    noUsccReason: '个体',
    phone: maybe(luck, `138000000${10 + luck.next(20)}`),
    principal: maybe(luck, luck.of(['样甲', '样乙', '样丙'])),
    closedOn: luck.next(5) ? undefined : luck.of(LATE),
    enteredOn: luck.of(DAYS),
    createdAt: '2026-01-05T01:00:00.000Z',
  }
  return Object.assign(new Enterprise(), given(values))
}

/** Nothing is entered before it begins: what would be, begins a day before, at a time of its own. */
const entered = (at: string) => (at <= TOWN_OPENS ? at : instant(new Date(Date.parse(at) - 86_400_000)))

const criterion = (luck: Dice, clause: string) =>
  Object.assign(new Criterion(), {
    code: `C-${clause}`,
    standard: '样本标准',
    clause,
    summary: luck.of(PLACES),
    active: true,
    createdAt: '2026-01-05T01:00:00.000Z',
  })

function hazard(luck: Dice, i: number, at: Enterprise, criterion: Criterion): Hazard {
  const stage = luck.of(Object.values(HazardStage))
  const astray = luck.next(15) === 0
  const instant = () => `${luck.of([...DAYS, ...LATE])}T${luck.of(TIMES)}Z`
  const foundOn = luck.of([...DAYS, ...LATE])
  const dueOn = maybe(luck, luck.of([...DAYS, ...LATE, '2026-03-03', '2026-04-30']))
  const [registeredAt, closedAt] = [instant(), instant()].sort()
  const values = {
    ...{
      number: `R-${i}`,
      stage,
      enterprise: ref(at),
      criterion: luck.next(4) ? undefined : ref(criterion),
      division: astray ? luck.of(VILLAGES) : at.division,
    },
    station: luck.next(6) ? at.station : luck.of(STATIONS),
    ...{ description: `${luck.of(PLACES)}第${i % 7}条`, place: luck.of(PLACES), workshop: luck.of(['一车间', '二车间', undefined]) },
    ...{ factor: luck.of(Object.values(HazardFactor)), category: maybe(luck, luck.of(Object.values(HazardCategory).slice(0, 4))) },
    ...{ severity: luck.next(4) ? HazardSeverity.GENERAL : HazardSeverity.MAJOR, source: luck.of(Object.values(HazardSource)) },
    ...{ manageType: luck.of(Object.values(ManageType)), foundOn, foundByRole: luck.of(['STATION', 'VILLAGE', 'ENTERPRISE']) },
    ...{ finderName: maybe(luck, luck.of(['查甲', '查乙'])), recurring: !luck.next(4), historical: !luck.next(3) },
    ...{ dueOn, originalDueOn: dueOn && luck.next(4) ? dueOn : maybe(luck, luck.of(LATE)), registeredAt: luck.next(8) ? registeredAt : undefined },
    ...{ fixingsAt: luck.next(2) ? instant() : undefined },
    ...{ closedAt: stage === HazardStage.CLOSED ? closedAt : undefined, returns: luck.next(3), extensions: luck.next(2) },
    ...{ costFen: maybe(luck, luck.of([0, 1, 99, 100, 12_345, 2_000_000_000])), fundFen: maybe(luck, luck.of([0, 50_000, 1_999_999_999])) },
    createdAt: entered(`${foundOn}T${luck.of(TIMES)}Z`),
  }
  return Object.assign(new Hazard(), given(values))
}

function hangingOn(one: Hazard, luck: Dice): object[] {
  const stands = given({ division: one.division, station: one.station, enterpriseId: one.enterprise.id, createdAt: '2026-02-01T00:00:00.000Z' })
  const extensions = Array.from({ length: [0, 0, 1, 2][luck.next(4)]! }, () => {
    const values = { reason: luck.of(PLACES), fromDueOn: luck.of(DAYS), toDueOn: luck.of(LATE), decision: luck.of(Object.values(ExtensionDecision)) }
    return Object.assign(new Extension(), { hazard: ref(one), ...stands, ...values })
  })
  const reminders = Array.from({ length: [0, 0, 0, 1, 3][luck.next(5)]! }, (_, i) => {
    const values = {
      kind: luck.of(Object.values(ReminderKind)),
      cause: `c${i}`,
      audience: luck.of(['STATION', 'ENTERPRISE']),
      text: luck.of(PLACES),
      day: luck.of(LATE),
    }
    return Object.assign(new Reminder(), { hazard: ref(one), record: one.id, ...(luck.next(2) ? { path: '/hazards' } : {}), ...stands, ...values })
  })
  return [...extensions, ...reminders]
}
