import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dossiers } from '../testing/dossiers.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let d: ReturnType<typeof dossiers>
beforeAll(async () => {
  town = await openTown()
  d = dossiers(town)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const enter = (who: string, kind: string, input: string, facts: object, more = '') =>
  town.ask(who, `mutation ($e: ID!, $f: ${input}!) { ${kind}Enter(enterprise: $e, facts: $f${more}) { id version } }`, { e: d.tea(), f: facts })
const refused = (answer: { errors?: { extensions: object }[] }) => answer.errors?.[0]?.extensions
const idOf = (answer: { data: Record<string, unknown> | null; errors?: { message: string }[] }) => {
  if (answer.errors) throw new Error(answer.errors[0]!.message)
  return Object.values(answer.data!)[0] as { id: string; version: number }
}
const TRAINING = { kind: 'THREE_LEVEL', topic: '新员工三级教育', heldOn: '2026-02-20', hours: 24, required: 10, trained: 8, passed: 8 }
const FORKLIFT = {
  name: '叉车',
  kind: 'FORKLIFT',
  special: true,
  registrationCode: '车11闽C00001',
  inspectedOn: '2025-03-01',
  nextDueOn: '2026-04-01',
  state: 'IN_USE',
}
const LICENCE = { kind: 'LICENCE', title: '营业执照', validUntil: '2026-03-20', issuedOn: '2020-01-01' }

describe('a training', () => {
  test('counts people, none too many', async () => {
    expect(refused(await enter('ent.tea', 'training', 'TrainingInput', { ...TRAINING, trained: 11 }))).toMatchObject({ code: 'COUNT_ORDER', field: 'trained' })
    expect(refused(await enter('ent.tea', 'training', 'TrainingInput', { ...TRAINING, passed: 9 }))).toMatchObject({ code: 'COUNT_ORDER', field: 'passed' })
    expect(refused(await enter('ent.tea', 'training', 'TrainingInput', { ...TRAINING, heldOn: '2026-03-03' }))).toMatchObject({
      code: 'DAY_FUTURE',
      field: 'heldOn',
    })
    expect(refused(await enter('ent.tea', 'training', 'TrainingInput', { ...TRAINING, topic: ' ' }))).toMatchObject({ code: 'MISSING', field: 'topic' })
    for (const who of ['village', 'county', 'town', 'workshop.tea'])
      expect(refused(await enter(who, 'training', 'TrainingInput', TRAINING))).toMatchObject({ code: 'FORBIDDEN' })
    idOf(await enter('ent.tea', 'training', 'TrainingInput', TRAINING))
    const { trainings } = await town.get<{ trainings: { aggregate: object } }>(
      'county',
      '{ trainings { aggregate { figures { held coverageRate passRate } } } }',
    )
    expect(trainings.aggregate).toEqual({ figures: { held: 1, coverageRate: 80, passRate: 100 } })
  })

  test('is corrected in the version that was seen, and withdrawn with a reason, never deleted', async () => {
    const one = idOf(await enter('industry', 'training', 'TrainingInput', TRAINING))
    const correct = (version: number) =>
      town.ask('ent.tea', 'mutation ($id: ID!, $v: Int!, $f: TrainingInput!) { trainingCorrect(id: $id, version: $v, facts: $f) { id version trained } }', {
        ...{ id: one.id, v: version, f: { ...TRAINING, trained: 10 } },
      })
    expect((await correct(1)).data?.['trainingCorrect']).toMatchObject({ trained: 10, version: 2 })
    expect(refused(await correct(1))).toMatchObject({ code: 'CONFLICT' })
    const withdraw = (reason: string) =>
      town.ask('ent.tea', 'mutation ($id: ID!, $r: String!) { trainingVoid(id: $id, version: 2, reason: $r) { voidedOn } }', { id: one.id, r: reason })
    expect(refused(await withdraw(' '))).toMatchObject({ code: 'MISSING', field: 'reason' })
    expect((await withdraw('重复登记')).data?.['trainingVoid']).toEqual({ voidedOn: '2026-03-02' })
    const { trainings } = await town.get<{ trainings: { aggregate: object } }>('town', '{ trainings { aggregate { count figures { held } } } }')
    expect(trainings.aggregate).toEqual({ count: 2, figures: { held: 1 } })
  })
})

describe('equipment and certificates', () => {
  test('special equipment in use needs its registration and its next inspection', async () => {
    expect(refused(await enter('ent.tea', 'equipment', 'EquipmentInput', { ...FORKLIFT, registrationCode: '' }))).toMatchObject({
      code: 'MISSING',
      field: 'registrationCode',
    })
    expect(refused(await enter('ent.tea', 'equipment', 'EquipmentInput', { ...FORKLIFT, nextDueOn: null }))).toMatchObject({
      code: 'MISSING',
      field: 'nextDueOn',
    })
    expect(refused(await enter('ent.tea', 'equipment', 'EquipmentInput', { ...FORKLIFT, nextDueOn: '2025-03-01' }))).toMatchObject({ code: 'DAY_ORDER' })
    idOf(await enter('ent.tea', 'equipment', 'EquipmentInput', FORKLIFT))
  })

  test('a certificate bears no 身份证号, and its number is masked for everybody and kept out of the log', async () => {
    const mine = ', number: "JY1350524202600017", holderName: "某某"'
    expect(refused(await enter('ent.tea', 'certificate', 'CertificateInput', LICENCE, ', number: "T350524198801015678"'))).toMatchObject({
      code: 'ID_NUMBER',
      field: 'number',
    })
    const one = idOf(await enter('ent.tea', 'certificate', 'CertificateInput', LICENCE, mine))
    for (const who of ['ent.tea', 'industry', 'county', 'admin']) {
      const { certificates } = await town.get<{ certificates: { nodes: object[] } }>(who, '{ certificates { nodes { title numberMasked } } }')
      expect(certificates.nodes).toEqual([{ title: '营业执照', numberMasked: '********0017' }])
    }
    const [logged] = await town.store.reader.all("select diff from change where thing = 'Certificate' and record = ?", [one.id])
    expect(String(logged!['diff'])).not.toMatch(/JY1350524|某某/)
    expect(await town.code('town', '{ certificates { nodes { holderName } } }')).toBeDefined()
  })
})

describe('accidents, and months without one', () => {
  const zero = (period: string, who = 'ent.tea') =>
    town.ask(who, 'mutation ($e: ID!, $p: String!) { zeroReportEnter(enterprise: $e, period: $p) { id period contradicted } }', { e: d.tea(), p: period })
  const ACCIDENT = { grade: 'ORDINARY', accidentType: '机械伤害', summary: '清理卡料时夹伤手指', deaths: 0, seriousInjuries: 0, minorInjuries: 1 }

  test('zero is a record, of a month or a year that is over, once', async () => {
    expect(refused(await zero('2026-03'))).toMatchObject({ code: 'PERIOD_OPEN', field: 'period' })
    expect(refused(await zero('2026-13'))).toMatchObject({ code: 'PERIOD' })
    idOf(await zero('2026-01'))
    idOf(await zero('2026-02'))
    idOf(await zero('2025'))
    expect(refused(await zero('2026-02'))).toMatchObject({ code: 'ALREADY' })
  })

  test('an accident contradicts the zero of its month and year; withdrawn, it no longer does', async () => {
    const accident = idOf(await enter('ent.tea', 'accident', 'AccidentInput', { ...ACCIDENT, happenedOn: '2026-02-10' }))
    const reports = async () => {
      const { zeroReports } = await town.get<{ zeroReports: { nodes: { period: string; contradicted: boolean }[] } }>(
        'industry',
        '{ zeroReports(orderBy: [{ field: period }]) { nodes { period contradicted } } }',
      )
      return zeroReports.nodes.filter(({ contradicted }) => contradicted).map(({ period }) => period)
    }
    expect(await reports()).toEqual(['2026-02'])
    await town.get('ent.tea', 'mutation ($id: ID!) { accidentVoid(id: $id, version: 1, reason: "误登") { id } }', { id: accident.id })
    expect(await reports()).toEqual([])
    idOf(await enter('ent.tea', 'accident', 'AccidentInput', { ...ACCIDENT, happenedOn: '2025-12-10' }))
    expect(await reports()).toEqual(['2025'])
    expect(refused(await zero('2025-12'))).toMatchObject({ code: 'ACCIDENT_KNOWN' })
  })

  test('people are numbers, none below zero', async () => {
    expect(refused(await enter('ent.tea', 'accident', 'AccidentInput', { ...ACCIDENT, happenedOn: '2026-02-11', deaths: -1 }))).toMatchObject({
      code: 'COUNT_NEGATIVE',
      field: 'deaths',
    })
    const DRILL = { kind: 'EVACUATION', scenario: '疏散', heldOn: '2026-02-01', required: 10, joined: 9, evaluated: true }
    expect(refused(await enter('ent.tea', 'drill', 'DrillInput', DRILL))).toMatchObject({ code: 'MISSING', field: 'findings' })
    idOf(await enter('ent.tea', 'drill', 'DrillInput', { ...DRILL, findings: '集合点标识不清，已补' }))
  })

  test('nobody adds to the dossier of an enterprise that closed', async () => {
    await town.get('industry', 'mutation ($id: ID!) { hazardVoid(id: $id, version: 1, reason: "测试") { id } }', { id: town.hazards['tea'] })
    const { enterprise } = await town.get<{ enterprise: { version: number } }>('town', 'query ($id: ID!) { enterprise(id: $id) { version } }', { id: d.tea() })
    await town.get('town', 'mutation ($id: ID!, $v: Int!) { enterpriseCloseDown(id: $id, version: $v, closedOn: "2026-03-01", reason: "停业") { id } }', {
      id: d.tea(),
      v: enterprise.version,
    })
    expect(refused(await enter('ent.tea', 'training', 'TrainingInput', TRAINING))).toMatchObject({ code: 'ENTERPRISE_CLOSED' })
    expect((await d.kept())['in_scope']).toBeFalsy()
  })
})
