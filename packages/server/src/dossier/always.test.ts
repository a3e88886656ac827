import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayOf } from '../shared/days.js'
import { type Doc, dossiers, dossiersAnew, stayIn } from '../testing/dossiers.js'
import { dice } from '../testing/randomTown.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { keepDossiersDaily } from './daily.js'

let town: Town
let d: ReturnType<typeof dossiers>
beforeAll(async () => {
  town = await openTown()
  d = dossiers(town)
  await stayIn(town, 'town', 'industry', 'market', 'village', 'county', 'ent.tea')
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

/** What people do to dossiers, in any order, each as far as it is possible just then. */
test('a dossier is at every moment what judging it anew would give, after any sequence of acts', async () => {
  const { next, of: pick } = dice(20260302)
  const whole = (low: number, high: number) => low + next(high - low + 1)
  const waiting: Doc[] = []
  const trainings: { id: string; version: number }[] = []
  const today = () => dayOf(town.clock.now)
  const e = () => d.tea()
  const asked: Record<string, unknown>[] = []
  const add = async (code: string, more: object) => {
    const answer = await d.demand(code, more)
    asked.push(answer.data!['dossierRequirementAdd'] as Record<string, unknown>)
  }
  await add('DOC_A', { validMonths: 1 })
  await add('DOC_B', { part: 'SITE', needsValidUntil: true })
  await add('TRAIN', { part: 'TRAINING', kind: 'RECORD', source: 'training', atLeast: 2, withinMonths: 2 })
  await add('SPECIAL', { part: 'EQUIPMENT', kind: 'RECORD', source: 'specialEquipment', onlyWith: 'specialEquipment' })
  await add('LEDGER', { part: 'ACCIDENTS', kind: 'RECORD', source: 'accident|zeroReport', withinMonths: 2 })
  await add('HAZARDS', { part: 'HAZARDS', kind: 'RECORD', source: 'hazard', atLeast: 2 })
  await add('FACTS', { part: 'BASICS', kind: 'FACT', source: 'address,staffCount,legalRep' })

  const acts: (() => Promise<unknown>)[] = [
    async () => {
      const answer = await d.submit('ent.tea', pick(['DOC_A', 'DOC_B']), {
        validFrom: addDays(today(), -whole(0, 40)),
        validUntil: addDays(today(), whole(1, 60)),
      })
      if (answer.data) waiting.push(answer.data['dossierDocumentSubmit'] as Doc)
    },
    async () => void (waiting.length && (await d.accept('industry', waiting.shift()!))),
    async () => void (waiting.length && (await d.giveBack('industry', waiting.pop()!))),
    async () => {
      const f = { kind: 'TOPIC', topic: '专题', heldOn: addDays(today(), -whole(0, 50)), hours: 2, required: 5, trained: whole(0, 5) }
      const { data } = await town.ask('ent.tea', 'mutation ($e: ID!, $f: TrainingInput!) { trainingEnter(enterprise: $e, facts: $f) { id version } }', {
        e: e(),
        f,
      })
      if (data) trainings.push(data['trainingEnter'] as (typeof trainings)[number])
    },
    async () => {
      const one = trainings.pop()
      if (one)
        await town.ask('ent.tea', 'mutation ($id: ID!, $v: Int!) { trainingVoid(id: $id, version: $v, reason: "重复") { id } }', { id: one.id, v: one.version })
    },
    () => {
      const f = { name: '叉车', kind: 'FORKLIFT', special: true, registrationCode: 'X', nextDueOn: addDays(today(), whole(-5, 30)), state: 'IN_USE' }
      return town.ask('ent.tea', 'mutation ($e: ID!, $f: EquipmentInput!) { equipmentEnter(enterprise: $e, facts: $f) { id } }', { e: e(), f })
    },
    () =>
      town.ask('industry', 'mutation ($e: ID!, $p: String!) { zeroReportEnter(enterprise: $e, period: $p) { id } }', {
        e: e(),
        p: today().slice(0, 5) + pick(['01', '02', '03']),
      }),
    () => {
      const facts = {
        description: `隐患${whole(1, 9999)}`,
        place: '车间',
        factor: 'OBJECT',
        severity: 'GENERAL',
        source: 'STATION_GUIDANCE',
        manageType: 'DEADLINE',
        foundOn: today(),
      }
      return town.ask('industry', 'mutation ($e: ID!, $f: HazardInput!) { hazardReport(enterprise: $e, facts: $f) { id } }', { e: e(), f: facts })
    },
    async () => {
      const { enterprise } = await town.get<{ enterprise: { version: number } }>('town', 'query ($id: ID!) { enterprise(id: $id) { version } }', { id: e() })
      const facts = {
        address: pick(['', '金谷路 2 号']),
        staffCount: whole(1, 200),
        name: '金谷样本茶厂',
        division: pick(['350524106201', '350524106202']),
        uscc: '91350524DEM000014Y',
      }
      return town.ask('town', 'mutation ($id: ID!, $v: Int!, $f: EnterpriseInput!) { enterpriseEdit(id: $id, version: $v, facts: $f) { id } }', {
        id: e(),
        v: enterprise.version,
        f: facts,
      })
    },
    async () => {
      const [rule] = await town.store.reader.all("select version from setting where key = 'dossierSubmittedCounts'")
      return town.ask(
        'town',
        'mutation ($v: Int!, $n: Int!) { dossierRuleChange(key: "dossierSubmittedCounts", version: $v, value: $n, reason: "试行") { value } }',
        { v: Number(rule?.['version'] ?? 0), n: whole(0, 1) },
      )
    },
    async () => void (asked.length < 12 && (await add(`MORE_${asked.length}`, { part: pick(['RISK', 'RULES', 'IMPROVEMENT']), moreStaffThan: whole(1, 150) }))),
    async () => {
      town.clock.now = new Date(town.clock.now.getTime() + whole(1, 12) * 86_400_000)
      await keepDossiersDaily(
        () => ({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: randomUUID() }),
        town.store.reader,
        today(),
      )
    },
  ]
  const percents = new Set<unknown>()
  for (let i = 0; i < 90; i++) {
    await pick(acts)()
    const { kept, anew } = await dossiersAnew(town)
    expect(kept, `after step ${i}`).toEqual(anew)
    percents.add((await d.kept())['percent'])
  }
  expect(percents.size).toBeGreaterThan(3)
})
