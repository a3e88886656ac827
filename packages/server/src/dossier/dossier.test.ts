import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Doc, dossiers } from '../testing/dossiers.js'
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

const first = (answer: { data: Record<string, unknown> | null; errors?: { message: string }[] }) => {
  if (answer.errors) throw new Error(answer.errors[0]!.message)
  return Object.values(answer.data!)[0] as Doc
}
const refused = (answer: { errors?: { extensions: object }[] }) => answer.errors?.[0]?.extensions

describe('what a dossier must hold', () => {
  test('is data of the town office; a change begins a new edition and the old one stays', async () => {
    for (const who of ['industry', 'village', 'ent.tea', 'county']) expect(refused(await d.demand('SYS', {}, who))).toMatchObject({ code: 'FORBIDDEN' })
    const one = first(await d.demand('sys_1'))
    expect(refused(await d.demand('SYS_1'))).toMatchObject({ code: 'REQUIREMENT_TAKEN', field: 'code' })
    const revise = (facts: object, reason = '县里修订') =>
      town.ask(
        'town',
        'mutation ($id: ID!, $v: Int!, $f: DossierRequirementInput!, $r: String!) { dossierRequirementRevise(id: $id, version: $v, facts: $f, reason: $r) { id edition code title } }',
        {
          ...{ id: one.id, v: one.version, f: facts, r: reason },
        },
      )
    expect(refused(await revise(d.facts(), ' '))).toMatchObject({ code: 'MISSING', field: 'reason' })
    expect(refused(await revise(d.facts({ kind: 'RECORD', source: 'drill' })))).toMatchObject({ code: 'REQUIREMENT_KIND' })
    expect(first(await revise(d.facts({ title: '制度汇编（修订）' })))).toMatchObject({ edition: 2, code: 'SYS_1', title: '制度汇编（修订）' })
    const { dossierRequirements } = await town.get<{ dossierRequirements: { nodes: object[] } }>(
      'county',
      '{ dossierRequirements(where: { code: { eq: "SYS_1" } }, orderBy: [{ field: edition }]) { nodes { edition active title validTo } } }',
    )
    expect(dossierRequirements.nodes).toEqual([
      { edition: 1, active: false, title: '规章制度汇编', validTo: '2026-03-02' },
      { edition: 2, active: true, title: '制度汇编（修订）', validTo: null },
    ])
  })

  test('an unknown source or field is refused with those that there are', async () => {
    expect(refused(await d.demand('X_1', { kind: 'RECORD', source: 'nobody' }))).toMatchObject({ code: 'REQUIREMENT_SOURCE', field: 'source' })
    expect(refused(await d.demand('X_1', { kind: 'FACT', source: 'name,shoeSize' }))).toMatchObject({ code: 'REQUIREMENT_SOURCE', field: 'source' })
    expect(refused(await d.demand('x', {}))).toMatchObject({ code: 'REQUIREMENT_CODE' })
  })
})

describe('a document', () => {
  beforeAll(async () => {
    first(await d.demand('PLAN_1', { part: 'EMERGENCY', title: '应急预案', validMonths: 36 }))
    first(await d.demand('FILING_1', { part: 'EMERGENCY', title: '预案备案', needsValidUntil: true }))
  })

  test('is filed by the enterprise or its station, with a file, under a demand of today', async () => {
    for (const who of ['village', 'town', 'county', 'workshop.tea'])
      expect(refused(await d.submit(who, 'PLAN_1').catch(() => ({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })))).toMatchObject({ code: 'FORBIDDEN' })
    expect(refused(await d.submit('market', 'PLAN_1'))).toMatchObject({ code: 'NOT_FOUND', field: 'enterprise' })
    expect(refused(await d.submit('ent.tea', 'PLAN_1', {}, town.enterprises['inn']))).toMatchObject({ code: 'NOT_FOUND' })
    expect(refused(await d.submit('ent.tea', 'NOBODY'))).toMatchObject({ code: 'NOT_FOUND', field: 'requirement' })
    expect(
      await town.code(
        'ent.tea',
        'mutation ($e: ID!) { dossierDocumentSubmit(enterprise: $e, requirement: "PLAN_1", facts: { responsible: "安全员" }, files: []) { id } }',
        { e: d.tea() },
      ),
    ).toBe('FILES_MISSING')
  })

  test('says itself until when it holds: by its months, or as typed, never by the day of upload', async () => {
    expect(refused(await d.submit('ent.tea', 'FILING_1'))).toMatchObject({ code: 'VALID_UNTIL_MISSING', field: 'validUntil' })
    expect(refused(await d.submit('ent.tea', 'FILING_1', { validFrom: '2026-01-01', validUntil: '2026-01-01' }))).toMatchObject({ code: 'DAY_ORDER' })
    first(await d.submit('ent.tea', 'PLAN_1', { validFrom: '2025-06-01' }))
    const { dossierDocuments } = await town.get<{ dossierDocuments: { nodes: object[] } }>(
      'ent.tea',
      '{ dossierDocuments(where: { code: { eq: "PLAN_1" } }) { nodes { validFrom validUntil responsible fileCount files { name } } } }',
    )
    expect(dossierDocuments.nodes).toEqual([
      { validFrom: '2025-06-01', validUntil: '2028-06-01', responsible: '安全管理员', fileCount: 1, files: [{ name: '制度.jpg' }] },
    ])
  })

  test('bears no 身份证号', async () => {
    expect(refused(await d.submit('ent.tea', 'PLAN_1', { remark: '负责人 350524198801015678' }))).toMatchObject({ code: 'ID_NUMBER', field: 'remark' })
  })

  test('is accepted or returned by the station, never by who filed it, and only once', async () => {
    const own = first(await d.submit('industry', 'FILING_1', { validUntil: '2027-01-01' }))
    expect(refused(await d.accept('industry', own))).toMatchObject({ code: 'SAME_PERSON' })
    expect(first(await d.accept('town', own))).toMatchObject({ state: 'ACCEPTED', inForce: true })
    const theirs = first(await d.submit('ent.tea', 'FILING_1', { validUntil: '2027-06-01' }))
    for (const who of ['ent.tea', 'village', 'county']) expect(refused(await d.accept(who, theirs))).toMatchObject({ code: 'FORBIDDEN' })
    expect(refused(await d.accept('town', theirs))).toMatchObject({ code: 'FORBIDDEN' })
    expect(refused(await d.accept('market', theirs))).toMatchObject({ code: 'NOT_FOUND' })
    expect(refused(await d.giveBack('industry', theirs, ' '))).toMatchObject({ code: 'MISSING', field: 'reason' })
    expect(refused(await d.accept('industry', { ...theirs, version: 99 }))).toMatchObject({ code: 'CONFLICT' })
    expect(first(await d.giveBack('industry', theirs, '缺盖章'))).toMatchObject({ state: 'RETURNED', inForce: false })
    expect(refused(await d.accept('industry', { ...theirs, version: 2 }))).toMatchObject({ code: 'ALREADY' })
  })

  test('a new version never overwrites: the old one is replaced when the new one is accepted, and both stay', async () => {
    const next = first(await d.submit('ent.tea', 'FILING_1', { validUntil: '2027-08-01' }))
    const before = await d.view('ent.tea')
    const standing = (view: typeof before) => view.parts.flatMap(({ requirements }) => requirements).find(({ code }) => code === 'FILING_1')!
    expect(standing(before)).toMatchObject({
      gap: null,
      documents: [
        { issue: 3, state: 'SUBMITTED' },
        { issue: 2, state: 'RETURNED' },
        { issue: 1, state: 'ACCEPTED' },
      ],
    })
    first(await d.accept('industry', next))
    const { dossierDocuments } = await town.get<{ dossierDocuments: { nodes: object[] } }>(
      'industry',
      '{ dossierDocuments(where: { code: { eq: "FILING_1" } }, orderBy: [{ field: issue }]) { nodes { issue state inForce replacedBy returnReason } } }',
    )
    expect(dossierDocuments.nodes).toEqual([
      { issue: 1, state: 'ACCEPTED', inForce: false, replacedBy: next.id, returnReason: null },
      { issue: 2, state: 'RETURNED', inForce: false, replacedBy: null, returnReason: '缺盖章' },
      { issue: 3, state: 'ACCEPTED', inForce: true, replacedBy: null, returnReason: null },
    ])
  })

  test('waits in the queue of its station, and there alone', async () => {
    const queue = async (who: string) =>
      (
        await town.get<{ dossierDocuments: { nodes: { code: string }[] } }>(who, '{ dossierDocuments(toReview: true) { nodes { code } } }')
      ).dossierDocuments.nodes.map(({ code }) => code)
    expect(await queue('industry')).toEqual(['PLAN_1'])
    for (const who of ['town', 'market', 'ent.tea', 'village']) expect(await queue(who), who).toEqual([])
    const { duties } = await town.get<{ duties: { key: string; count: number }[] }>('industry', '{ duties { key count } }')
    expect(duties).toContainEqual({ key: 'dossier.duty.review', count: 1 })
  })
})

describe('completeness', () => {
  test('is kept part by part with the reason of every missing point, and read by whoever may see the enterprise', async () => {
    const view = await d.view('ent.tea')
    expect(view).toMatchObject({ demanded: 3, met: 1, percent: 33, complete: false, startedOn: '2026-03-02' })
    expect(view.parts.map(({ part }) => part)).toEqual(
      'BASICS RESPONSIBILITY RULES TRAINING EQUIPMENT SITE RISK HAZARDS EMERGENCY ACCIDENTS IMPROVEMENT'.split(' '),
    )
    expect(view.parts.flatMap(({ requirements }) => requirements.flatMap(({ words }) => words ?? []))).toEqual([
      '缺：制度汇编（修订）（要求：现行制度文本）',
      '待审核：应急预案已提交，等待站所审核',
    ])
    expect(await town.code('market', 'query ($e: ID!) { dossierOf(enterprise: $e) { percent } }', { e: d.tea() })).toBe('NOT_FOUND')
    const { dossiers } = await town.get<{ dossiers: { nodes: object[] } }>(
      'village',
      '{ dossiers { nodes { percent rules emergency gaps enterprise { name } } } }',
    )
    expect(dossiers.nodes).toEqual([{ percent: 33, rules: 0, emergency: 50, gaps: 'MISSING SYS_1\nUNREVIEWED PLAN_1', enterprise: { name: '金谷样本茶厂' } }])
  })

  test('counts what waits for its review when the town office decides so, in the same act', async () => {
    const set = (who: string, value: number, version: number) =>
      town.code(
        who,
        'mutation ($value: Int!, $version: Int!) { dossierRuleChange(key: "dossierSubmittedCounts", version: $version, value: $value, reason: "试行") { value } }',
        { value, version },
      )
    expect(await set('industry', 1, 0)).toBe('FORBIDDEN')
    expect(await set('town', 1, 0)).toBeUndefined()
    expect((await d.view('ent.tea')).percent).toBe(66)
    expect(Number((await d.kept())['percent'])).toBe(66)
    expect(await set('town', 0, 0)).toBe('CONFLICT')
    expect(await set('town', 0, 1)).toBeUndefined()
    expect(Number((await d.kept())['percent'])).toBe(33)
  })

  test('the rates of domain.md §8 are figures of dossiers and of enterprises, null when nobody is counted', async () => {
    const figures = async (who: string, where: string) =>
      await town.get<{ dossiers: { aggregate: object }; enterprises: { aggregate: object } }>(
        who,
        `{ dossiers(where: ${where}) { aggregate { count figures { counted started startedRate completeRate meanPercent } } } enterprises(where: ${where === '{}' ? '{}' : '{ name: { eq: "没有" } }'}) { aggregate { figures { dossiersStarted dossierRate completeDossierRate } } } }`,
      )
    expect(await figures('town', '{}')).toEqual({
      dossiers: { aggregate: { count: 2, figures: { counted: 2, started: 1, startedRate: 50, completeRate: 0, meanPercent: 16.5 } } },
      enterprises: { aggregate: { figures: { dossiersStarted: 1, dossierRate: 50, completeDossierRate: 0 } } },
    })
    expect(await figures('town', '{ percent: { gt: 99 } }')).toEqual({
      dossiers: { aggregate: { count: 0, figures: { counted: 0, started: 0, startedRate: null, completeRate: null, meanPercent: null } } },
      enterprises: { aggregate: { figures: { dossiersStarted: 0, dossierRate: null, completeDossierRate: null } } },
    })
    const { enterprises } = await town.get<{ enterprises: { groups: { nodes: object[] } } }>(
      'county',
      '{ enterprises { groups(orderBy: [{ key: true }]) { nodes { key { station } figures { dossierRate } } } } }'.replace('(orderBy: [{ key: true }])', ''),
    )
    expect(enterprises.groups.nodes).toHaveLength(2)
  })
})
