import { ref } from '@mikro-orm/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act } from '../shared/act.js'
import { addReference } from '../seed/reference.js'
import { Letters } from '../testing/letters.js'
import { bare, pdfPages, wordLines } from '../testing/papers.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { pathOf } from './carry.js'
import { AssessmentStandard, StandardElement } from './standard.entity.js'

let town: Town
beforeAll(async () => {
  town = await openTown()
  await addReference({ em: town.store.em(undefined), actor: undefined, now: town.clock.now, request: 'reference' })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

interface Item {
  id: string
  code: string
  pointsTenths: number | null
}
interface Assessment {
  id: string
  version: number
  stage: string
  percent: string | null
  level: string | null
  levelByScore: string | null
  levelByRecord: string | null
  vetoes: number
  answered: number
  items: number
  finishedOn: string | null
}
const FIELDS = 'id version stage percent level levelByScore levelByRecord vetoes answered items finishedOn'

async function standard(code: string): Promise<{ id: string; items: Item[] }> {
  const { assessmentStandards } = await town.get<{ assessmentStandards: { nodes: { id: string; elements: { nodes: Item[] } }[] } }>(
    'town',
    'query ($code: String!) { assessmentStandards(first: 1, where: { code: { eq: $code } }) { nodes { id elements(first: 200, orderBy: [{ field: seq }]) { nodes { id code pointsTenths } } } } }',
    { code },
  )
  const [one] = assessmentStandards.nodes
  return { id: one!.id, items: one!.elements.nodes.filter(({ pointsTenths }) => pointsTenths !== null) }
}
/** The acts on one assessment as one person does them, each in the version the one before left. */
class Desk {
  now!: Assessment
  constructor(readonly who: string) {}
  async begin(enterprise: string, standardId: string, year = 2026) {
    const asked = 'mutation ($e: ID!, $y: Int!, $s: ID!) { assessmentBegin(enterprise: $e, year: $y, standard: $s, dueOn: "2026-10-31") { ' + FIELDS + ' } }'
    this.now = (await town.get<{ assessmentBegin: Assessment }>(this.who, asked, { e: town.enterprises[enterprise], y: year, s: standardId })).assessmentBegin
    return this
  }
  async ask(act: string, args: string, variables: object = {}, who = this.who) {
    const declared = Object.keys(variables).length ? `, ${args.match(/\$(\w+): [\w![\]]+/g)?.join(', ') ?? ''}` : ''
    const given = args.replace(/\$(\w+): [\w![\]]+/g, '$1: $$$1')
    const answer = await town.ask(
      who,
      `mutation ($id: ID!, $v: Int!${declared}) { ${act}(${act.startsWith('deduction') ? 'assessment' : 'id'}: $id, version: $v${given ? `, ${given}` : ''}) { ${FIELDS} } }`,
      {
        ...{ id: this.now.id, v: this.now.version },
        ...variables,
      },
    )
    if (answer.data?.[act]) this.now = answer.data[act] as Assessment
    return answer
  }
  answer = (element: string, na = false) =>
    this.ask('assessmentAnswer', '$element: ID!, $facts: AnswerInput!', { element, facts: na ? { na, naReason: '本单位没有这类设备' } : { na } })
  deduct = (element: string, tenths: number, finding = '缺两份责任书') =>
    this.ask('deductionAdd', '$element: ID!, $facts: DeductionInput!', {
      element,
      facts: { tenths, finding, measure: '补签', responsible: '安全员', dueOn: '2026-03-20' },
    })
  carry = (to: string) => this.ask('assessmentCarry', '$standard: ID!', { standard: to })
  sign = (signer = '张三') => this.ask('assessmentSign', '$signer: String!', { signer })
  review = (accepted: boolean, remark?: string, who = 'industry') =>
    this.ask('assessmentReview', '$accepted: Boolean!, $remark: String', { accepted, remark: remark ?? null }, who)
}
const code = (answer: Awaited<ReturnType<Town['ask']>>) => answer.errors?.[0]?.extensions.code

test('three forms ship: eight elements with 28 below them and 1,000 points, a small one of 450, one of thirteen elements and 650', async () => {
  const points = ({ items }: { items: Item[] }) => items.reduce((sum, { pointsTenths }) => sum + pointsTenths!, 0)
  expect([await standard('GB/T 33000'), await standard('QZ-XW'), await standard('GM-13')].map(points)).toEqual([10_000, 4_500, 6_500])
  const { groups } = (
    await town.get<{ assessmentStandards: { nodes: { elements: { nodes: { code: string }[] } }[] } }>(
      'county',
      '{ assessmentStandards(first: 1, where: { code: { eq: "GB/T 33000" } }) { nodes { elements(first: 200) { nodes { code } } } } }',
    )
  ).assessmentStandards.nodes.map(({ elements }) => ({
    groups: [2, 3].map((parts) => elements.nodes.filter((one) => one.code.split('.').length === parts).length),
  }))[0]!
  expect(groups).toEqual([8, 28])
})

describe('a year’s self-assessment', () => {
  let desk: Desk
  let items: Item[]
  beforeAll(async () => {
    const form = await standard('GB/T 33000')
    items = form.items
    desk = await new Desk('ent.tea').begin('tea', form.id)
  })

  test('stands once a year and is for the enterprise and its station', async () => {
    const form = await standard('GB/T 33000')
    const begin = (who: string, year = 2026) =>
      town.code(who, 'mutation ($e: ID!, $y: Int!, $s: ID!) { assessmentBegin(enterprise: $e, year: $y, standard: $s, dueOn: "2026-10-31") { id } }', {
        ...{ e: town.enterprises['tea'], y: year, s: form.id },
      })
    expect(await begin('ent.tea')).toBe('ASSESSMENT_THERE')
    expect(await begin('ent.tea', 2031)).toBe('YEAR')
    expect(await begin('market', 2027)).toBe('NOT_FOUND')
    expect(await begin('village', 2027)).toBe('FORBIDDEN')
  })

  test('climbs item by item; what does not apply leaves the reckoning, and needs a reason', async () => {
    expect(code(await desk.ask('assessmentAnswer', '$element: ID!, $facts: AnswerInput!', { element: items[0]!.id, facts: { na: true } }))).toBe('MISSING')
    for (const [at, item] of items.entries()) expect(code(await desk.answer(item.id, at < 2))).toBeUndefined()
    expect(desk.now).toMatchObject({ answered: 54, items: 54, percent: '100.0', levelByScore: 'ONE' })
  })

  test('runs down by what was found, an item never below zero', async () => {
    const item = items.find(({ code: one }) => one === '5.4.1.3')!
    expect(code(await desk.deduct(items[0]!.id, 10))).toBe('ANSWER_NA')
    expect(code(await desk.deduct(item.id, 401))).toBe('POINTS')
    await desk.deduct(item.id, 300)
    await desk.deduct(item.id, 300)
    // 1,000 − 40 that do not apply = 960; the item of 40 has nothing left: 920 / 960 = 95.83 → 95.8
    expect(desk.now).toMatchObject({ percent: '95.8', levelByScore: 'ONE' })
  })

  test('has the worse level of score and safety record, and tells a veto apart', async () => {
    await desk.ask('assessmentRecord', '$deaths: Int!, $seriousInjuries: Int!', { deaths: 1, seriousInjuries: 0 })
    expect(desk.now).toMatchObject({ levelByScore: 'ONE', levelByRecord: 'THREE', level: 'THREE', percent: '95.8', vetoes: 0 })
    const { assessment } = await town.get<{ assessment: { vetoChecks: { nodes: { id: string }[] } } }>(
      'ent.tea',
      'query ($id: ID!) { assessment(id: $id) { vetoChecks { nodes { id } } } }',
      { id: desk.now.id },
    )
    await desk.ask('assessmentVeto', '$veto: ID!, $hit: Boolean!', { veto: assessment.vetoChecks.nodes[0]!.id, hit: true })
    expect(desk.now).toMatchObject({ level: 'THREE', percent: '95.8', vetoes: 1 })
    await desk.ask('assessmentVeto', '$veto: ID!, $hit: Boolean!', { veto: assessment.vetoChecks.nodes[0]!.id, hit: false })
  })

  test('is signed only when its non-conformities are closed, each verified by another than the fixer', async () => {
    expect(code(await desk.sign())).toBe('NONCONFORMITIES_OPEN')
    const { deductions } = await town.get<{ deductions: { nodes: { id: string; version: number }[] } }>('ent.tea', '{ deductions { nodes { id version } } }')
    for (const { id, version } of deductions.nodes) {
      const fix = 'mutation ($id: ID!, $v: Int!) { deductionFix(id: $id, version: $v, result: "已补签") { version } }'
      const verify = 'mutation ($id: ID!, $v: Int!) { deductionVerify(id: $id, version: $v) { verifiedOn } }'
      const fixed = (await town.get<{ deductionFix: { version: number } }>('ent.tea', fix, { id, v: version })).deductionFix
      expect(await town.code('ent.tea', verify, { id, v: fixed.version })).toBe('FORBIDDEN')
      expect(await town.code('industry', verify, { id, v: fixed.version })).toBeUndefined()
    }
    expect(code(await desk.ask('assessmentSign', '$signer: String!', { signer: '李四' }, 'industry'))).toBe('FORBIDDEN')
    expect(code(await desk.sign())).toBeUndefined()
    expect(desk.now).toMatchObject({ stage: 'SUBMITTED', finishedOn: '2026-03-02' })
    expect(code(await desk.answer(items[5]!.id))).toBe('ASSESSMENT_STAGE')
  })

  test('is reviewed by the station: changes asked for with a remark, then accepted', async () => {
    expect(code(await desk.review(false, ' '))).toBe('MISSING')
    expect(code(await desk.review(true, '', 'ent.tea'))).toBe('FORBIDDEN')
    await desk.review(false, '请补充 5.3 的佐证')
    expect(desk.now).toMatchObject({ stage: 'CHANGES_ASKED', finishedOn: null })
    await desk.sign()
    await desk.review(true)
    expect(desk.now.stage).toBe('ACCEPTED')
  })

  test('is a report with the same text as PDF and as Word, for those who may read it and nobody else', async () => {
    const file = async (who: string, format: string) => {
      const url = `/assessments/${desk.now.id}.${format}`
      const answer = await town.app.fastify.inject({ method: 'GET', url, headers: { authorization: `Bearer ${await town.as(who)}` } })
      return { status: answer.statusCode, body: answer.rawPayload }
    }
    const [pdf, word] = [await file('ent.tea', 'pdf'), await file('industry', 'docx')]
    expect([pdf.status, word.status]).toEqual([200, 200])
    const said = bare(await pdfPages(pdf.body))
    expect(said).toContain('2026年度安全生产标准化自评报告')
    expect(said).toContain('总分1000.0，不适用项目40.0，应得分960.0，实得分920.0。')
    expect(said).toContain('得分率：920.0÷960.0×100＝95.8。按得分率：一级。')
    expect(said).toContain('上年度死亡1人、重伤0人。按安全绩效：三级。')
    expect(said).toContain('5.4.1.3')
    expect(said).toContain('验证合格')
    // Heads of tables come again on every page of the PDF only.
    for (const line of wordLines(word.body)) expect(said).toContain(bare(line))
    for (const who of ['market', 'town.far']) expect([403, 404]).toContain((await file(who, 'pdf')).status)
    expect((await town.app.fastify.inject({ method: 'GET', url: `/assessments/${desk.now.id}.pdf` })).statusCode).toBe(401)
    expect((await file('ent.tea', 'exe')).status).toBe(404)
  })
})

test('a non-conformity has its photos, and as a hazard goes the way of the ledger before the report may be signed', async () => {
  const { id: form, items } = await standard('QZ-XW')
  const desk = await new Desk('ent.tea').begin('tea', form, 2027)
  for (const { id } of items) await desk.answer(id)
  const photo = await new Letters(town).photo('ent.tea')
  const facts = { tenths: 10, finding: '配电箱无门', measure: '加装箱门', dueOn: '2026-03-20' }
  expect(
    code(
      await desk.ask('deductionAdd', '$element: ID!, $facts: DeductionInput!, $files: [ID!]', { element: items[0]!.id, facts, files: [crypto.randomUUID()] }),
    ),
  ).toBe('NOT_FOUND')
  await desk.ask('deductionAdd', '$element: ID!, $facts: DeductionInput!, $files: [ID!]', { element: items[0]!.id, facts, files: [photo] })
  const look = async () =>
    (
      await town.get<{ deductions: { nodes: { id: string; version: number; files: { url: string }[]; hazard: { id: string; stage: string } | null }[] } }>(
        'ent.tea',
        'query ($a: ID!) { deductions(where: { assessment: { id: { eq: $a } } }) { nodes { id version files { url } hazard { id stage } } } }',
        { a: desk.now.id },
      )
    ).deductions.nodes[0]!
  const { id, version, files } = await look()
  const open = async (who: string) =>
    (await town.app.fastify.inject({ url: files[0]!.url, headers: { authorization: `Bearer ${await town.as(who)}` } })).statusCode
  expect(await Promise.all(['ent.tea', 'industry', 'market', 'town.far'].map(open))).toEqual([200, 200, 404, 404])
  const toHazard = (v: number, more: object = {}) =>
    town.ask(
      'ent.tea',
      'mutation ($id: ID!, $v: Int!, $f: HazardInput!) { deductionToHazard(id: $id, version: $v, facts: $f) { version hazard { id stage } } }',
      {
        ...{ id, v },
        f: {
          description: '配电箱无门',
          place: '包装间',
          factor: 'OBJECT',
          severity: 'GENERAL',
          source: 'SELF_CHECK',
          manageType: 'DEADLINE',
          foundOn: '2026-03-02',
          ...more,
        },
      },
    )
  expect((await toHazard(version, { place: ' ' })).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'place' })
  expect((await toHazard(version)).errors).toBeUndefined()
  const { hazard, version: next } = await look()
  expect(hazard).toMatchObject({ stage: 'REGISTERED' })
  expect(code(await toHazard(next))).toBe('ALREADY')
  const fix = 'mutation ($id: ID!, $v: Int!) { deductionFix(id: $id, version: $v, result: "装好了") { id } }'
  expect(await town.code('ent.tea', fix, { id, v: next })).toBe('IS_HAZARD')
  await desk.ask('assessmentRecord', '$deaths: Int!, $seriousInjuries: Int!', { deaths: 0, seriousInjuries: 0 })
  expect(code(await desk.sign())).toBe('NONCONFORMITIES_OPEN')
})

describe('an assessment that moves to another edition', () => {
  interface Answer {
    na: boolean
    naReason: string | null
    deductedTenths: number
    recheck: boolean
    element: { code: string; standard: { code: string } }
  }
  const answers = async (id: string, of: string) =>
    (
      await town.get<{ assessment: { answers: { nodes: Answer[] } } }>(
        'town',
        'query ($id: ID!) { assessment(id: $id) { answers(first: 200, orderBy: [{ field: createdAt }]) { nodes { na naReason deductedTenths recheck element { code standard { code } } } } } }',
        { id },
      )
    ).assessment.answers.nodes
      .filter(({ element }) => element.standard.code === of)
      .sort((a, b) => (a.element.code < b.element.code ? -1 : 1))

  test('takes along what the items share, and comes back with every answer it had', async () => {
    const [old, next] = [await standard('GM-13'), await standard('QZ-XW')]
    const desk = await new Desk('ent.tea').begin('tea', old.id, 2025)
    for (const [at, { id, pointsTenths }] of old.items.entries()) {
      await desk.answer(id, at % 7 === 3)
      if (at % 5 === 1 && at % 7 !== 3) await desk.deduct(id, Math.min(20, pointsTenths!))
    }
    const before = { figures: { ...desk.now, version: 0 }, answers: await answers(desk.now.id, 'GM-13') }
    await desk.carry(next.id)
    expect(desk.now.items).toBe(next.items.length)
    // Twelve items have their like in the small form: four say the same, eight are to be looked at again; eight are new.
    const there = await answers(desk.now.id, 'QZ-XW')
    const codes = (recheck: boolean) => there.filter((one) => one.recheck === recheck).map(({ element }) => element.code)
    expect(codes(false)).toEqual(['2.1', '2.2', '5.3', '6.2'])
    expect(codes(true)).toEqual(['1.2', '1.3', '4.1', '4.2', '4.3', '5.2', '6.1', '6.3'])
    expect(desk.now.answered).toBe(4)
    const { assessmentCarryPath: path } = await town.get<{ assessmentCarryPath: { carry: string }[] }>(
      'ent.tea',
      'query ($id: ID!, $to: ID!) { assessmentCarryPath(id: $id, standard: $to) { carry } }',
      { id: desk.now.id, to: old.id },
    )
    const many = Object.groupBy(path, ({ carry }) => carry)
    expect([many['SAME'], many['CHECK_AGAIN'], many['NEW'], many['DROPPED']].map((all) => all?.length)).toEqual([4, 8, 13, 8])
    for (const { id } of next.items.filter(({ code: one }) => !['2.1', '2.2', '5.3', '6.2'].includes(one)).slice(0, 4)) await desk.answer(id)
    await desk.carry(old.id)
    expect({ figures: { ...desk.now, version: 0 }, answers: await answers(desk.now.id, 'GM-13') }).toEqual(before)
    await desk.carry(next.id)
    expect(desk.now.answered).toBe(8)
  })

  test('takes nothing along between two standards of which no table tells, however alike their numbers', async () => {
    const small = await standard('QZ-XW')
    const elsewhere = await act(
      { em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'standard' },
      'standardLoad',
      ({ em }) => {
        const made = Object.assign(new AssessmentStandard(), {
          code: 'OWN',
          edition: '1',
          name: '自编',
          validFrom: '2026-01-01',
          published: true,
          createdAt: '2026-01-01T00:00:00.000Z',
        })
        const item = { seq: 0, code: '1.1', name: '别的', pointsTenths: 100, createdAt: made.createdAt }
        em.persist([made, Object.assign(new StandardElement(), item, { standard: ref(made) })])
        return Promise.resolve(made.id)
      },
    )
    const path = await pathOf(town.store.em({ division: '' }), small.id, elsewhere)
    expect(path.filter(({ toCode }) => toCode)).toEqual([{ fromCode: null, toCode: '1.1', carry: 'NEW' }])
  })
})
