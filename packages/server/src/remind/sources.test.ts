import { ref } from '@mikro-orm/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Extension } from '../hazard/extension.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage } from '../hazard/terms.js'
import { generateTasks } from '../inspection/generateTasks.js'
import { CheckKind } from '../inspection/terms.js'
import { openSummaries } from '../report/openDaily.js'
import { act } from '../shared/act.js'
import { addDays, dayOf } from '../shared/days.js'
import { asSystem, makeList } from '../testing/checklists.js'
import { dossiers, stayIn, type Doc } from '../testing/dossiers.js'
import { Letters } from '../testing/letters.js'
import { alter } from '../testing/live.js'
import { inShanghai, remind } from '../testing/remind.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { keepDossiersDaily } from '../dossier/daily.js'
import { VisitOwner, VisitState } from '../visit/terms.js'
import { Visit } from '../visit/visit.entity.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
  await stayIn(town, ...PEOPLE)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})
const PEOPLE = ['town', 'industry', 'market', 'village', 'ent.tea', 'town.far', 'county', 'workshop.tea'] as const
interface Row {
  kind: string
  text: string
  day: string
  path: string
}
const told = async (who: string, kind: string) =>
  (
    await town.get<{ reminders: { nodes: Row[] } }>(who, '{ reminders(orderBy: [{ field: day }, { field: createdAt }]) { nodes { kind text day path } } }')
  ).reminders.nodes.filter((row) => row.kind === kind)
const days = async (who: string, kind: string) => (await told(who, kind)).map(({ day }) => day)
const hears = async (kind: string) => {
  const heard: string[] = []
  for (const who of PEOPLE) if ((await told(who, kind)).length) heard.push(who)
  return heard
}
async function through(from: string, to: string, each: () => Promise<unknown> = () => Promise.resolve()) {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    town.clock.now = inShanghai(day, '06:30')
    await each()
    await remind(town)
    await remind(town)
  }
}

test('an unsigned letter: after a week to the enterprise and its station, after two to the town office too', async () => {
  town.clock.now = inShanghai('2026-03-02')
  const letter = await new Letters(town).issued('industry', 'NOTICE', town.enterprises['tea']!)
  await through('2026-03-03', '2026-03-17')
  expect(await days('ent.tea', 'LETTER_UNSIGNED')).toEqual(['2026-03-09', '2026-03-16'])
  expect(await days('industry', 'LETTER_UNSIGNED')).toEqual(['2026-03-09', '2026-03-16'])
  expect(await days('town', 'LETTER_UNSIGNED')).toEqual(['2026-03-16'])
  expect((await told('ent.tea', 'LETTER_UNSIGNED'))[0]).toMatchObject({ text: `告知书 ${letter.number} 签发后 7 天仍未签收`, path: `/letters/${letter.id}` })
  expect(await hears('LETTER_UNSIGNED')).toEqual(['town', 'industry', 'ent.tea'])
})

test('an extension that waits: its decider two days before the answer is due, and when it is late', async () => {
  await alter(town.store, town.hazards['inn']!, { stage: HazardStage.RECTIFYING, dueOn: '2026-05-30', foundByRole: 'STATION' })
  await act(asSystem(town), 'test', async ({ em }) => {
    const hazard = await em.findOneOrFail(Hazard, { id: town.hazards['inn']! })
    const place = { division: hazard.division, station: hazard.station!, enterpriseId: town.enterprises['inn']! }
    const asked = { reason: '等配件', fromDueOn: '2026-05-30', toDueOn: '2026-06-10', createdAt: inShanghai('2026-04-01', '23:30').toISOString() }
    em.persist(Object.assign(new Extension(), { hazard: ref(hazard), ...place, ...asked }))
  })
  await through('2026-04-01', '2026-04-08')
  expect(await days('market', 'EXTENSION_WAITING')).toEqual(['2026-04-04', '2026-04-06'])
  expect(await hears('EXTENSION_WAITING')).toEqual(['market'])
})

test('planned visits: each office once for a day that comes and once when it has passed, added up', async () => {
  await act(asSystem(town), 'test', async ({ em }) => {
    for (const [key, slot, owner, plannedTo] of [
      ['tea', '1/4', VisitOwner.STATION, '2026-04-20'],
      ['tea', '2/4', VisitOwner.STATION, '2026-04-20'],
      ['far', '1/4', VisitOwner.STATION, '2026-04-20'],
      ['inn', '1/4', VisitOwner.TOWN_OFFICE, '2026-04-20'],
      ['tea', '3/4', VisitOwner.VILLAGE, '2026-04-20'],
    ] as const) {
      const firm = await em.findOneOrFail(Enterprise, { id: town.enterprises[key]! })
      const place = { enterprise: ref(firm), division: firm.division, station: firm.station! }
      const plan = { year: 2026, kind: CheckKind.STATION_GUIDANCE, owner, slot, plannedFrom: '2026-04-01', plannedTo, cause: '计划', state: VisitState.PLANNED }
      em.persist(Object.assign(new Visit(), { ...place, ...plan, createdAt: town.clock.now.toISOString() }))
    }
  })
  await through('2026-04-14', '2026-04-24')
  expect(await told('industry', 'VISIT_DUE')).toMatchObject([
    { day: '2026-04-17', text: '2 家企业的计划检查须在 2026-04-20 前完成', path: '/visits?queue=THIS_WEEK' },
    { day: '2026-04-21', text: '2 家企业的计划检查已过 2026-04-20，还没有做', path: '/visits?queue=OVERDUE' },
  ])
  expect(await hears('VISIT_DUE')).toEqual(['town', 'industry', 'village'])
})

test('missed checks: the enterprise the morning after, its station once a month when it happens again and again', async () => {
  await makeList(town, { enterprise: town.enterprises['tea']!, startsOn: '2026-05-04' })
  await through('2026-05-04', '2026-05-08', () => generateTasks(asSystem(town), dayOf(town.clock.now)))
  expect((await told('ent.tea', 'CHECK_MISSED'))[0]).toMatchObject({ text: expect.stringMatching(/^2026-05-0\d 有 1 项检查没有做，请补做$/) as string })
  const station = await told('industry', 'CHECK_MISSED')
  expect(station).toHaveLength(1)
  expect(station[0]!.text).toBe('金谷样本茶厂：近 30 天漏检 3 次')
  expect(await hears('CHECK_MISSED')).toEqual(['industry', 'ent.tea'])
})

test('papers that run out come from what the dossier has noticed, into the one inbox', async () => {
  const d = dossiers(town)
  await d.demand('FILING', { title: '预案备案', needsValidUntil: true })
  const filed = (await d.submit('ent.tea', 'FILING', { validUntil: '2026-07-10' })).data!['dossierDocumentSubmit'] as Doc
  await d.accept('industry', filed)
  const dossierWork = () => keepDossiersDaily(() => asSystem(town), town.store.reader, dayOf(town.clock.now))
  await through('2026-05-09', '2026-05-13', dossierWork)
  expect(await told('ent.tea', 'EXPIRING')).toMatchObject([
    { text: '金谷样本茶厂：预案备案还有 60 天到期（2026-07-10）', path: `/enterprises/${town.enterprises['tea']}?tab=dossier` },
  ])
  expect(await hears('EXPIRING')).toEqual(['industry', 'ent.tea'])
})

test('a summary that does not come: its unit before and after the day, the town office once a month by name', async () => {
  await through('2026-07-27', '2026-08-02', () => openSummaries(asSystem(town), dayOf(town.clock.now)))
  const july = (rows: Row[]) => rows.filter(({ text }) => text.startsWith('2026年7月'))
  expect(july(await told('industry', 'REPORT_MISSING'))).toMatchObject([
    { day: '2026-07-28', text: '2026年7月工作总结应在 2026-07-31 前报送' },
    { day: '2026-08-01', text: '2026年7月工作总结已过 2026-07-31，逾期未报' },
  ])
  const [below] = july(await told('town', 'REPORT_MISSING')).filter(({ text }) => text.includes('个单位'))
  expect(below).toMatchObject({ day: '2026-08-01', path: '/summaries?chase=1&period=2026-07' })
  expect(below!.text).toContain('经济发展')
  expect(below!.text).not.toContain('龙门村')
  expect(
    july(await told('town.far', 'REPORT_MISSING'))
      .map(({ text }) => text)
      .join(),
  ).toContain('龙门村')
  expect((await hears('REPORT_MISSING')).filter((who) => ['ent.tea', 'workshop.tea', 'county'].includes(who))).toEqual([])
})
