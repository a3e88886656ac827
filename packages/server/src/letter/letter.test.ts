import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import { askAllAgain } from './askAgain.js'
import { codeOf, Letters } from '../testing/letters.js'
import { bare, pdfPages, wordLines } from '../testing/papers.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let letters: Letters
beforeAll(async () => {
  town = await openTown()
  letters = new Letters(town)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})
const tea = () => town.enterprises['tea']!
const inn = () => town.enterprises['inn']!
interface Bulk {
  done: number
  letters: string[]
  refused: { code: string; id: string }[]
}
const bulk = (answer: { data: Record<string, unknown> | null }) => answer.data!['lettersIssue'] as Bulk

describe('notices and commitments', () => {
  test('a notice goes its way: issued with the town’s number, signed by the principal, four receipts, complete', async () => {
    const notice = await letters.issued('industry', 'NOTICE', tea(), { dueOn: '2026-10-31', standard: '泉州市小微企业安全生产标准化评定标准' })
    expect(notice.number).toBe(`金谷安告〔2026〕${notice.serial}号`)
    expect(notice.copies.nodes.map(({ holder }) => holder)).toEqual(['ENTERPRISE', 'BOARD', 'STATION', 'TOWN'])
    expect(codeOf(await letters.receive('ent.tea', notice, 1))).toBe('NOT_SIGNED')
    expect(codeOf(await letters.deliver('ent.tea', notice, 'LEGAL_REP', 'tea甲'))).toBe('SIGNER_ROLE')
    expect(codeOf(await letters.deliver('ent.tea', notice, 'PRINCIPAL', '别的人'))).toBe('SIGNER_DIFFERS')
    expect(codeOf(await letters.deliver('ent.tea', notice, 'PRINCIPAL', 'tea乙', false))).toBe('RECEIPT_MISSING')
    expect(codeOf(await letters.deliver('village', notice, 'PRINCIPAL', 'tea乙'))).toBe('FORBIDDEN')
    expect((await letters.deliver('ent.tea', notice, 'PRINCIPAL', 'tea乙')).data?.['letterDeliver']).toMatchObject({ stage: 'DELIVERED', copiesDone: 0 })
    expect(codeOf(await letters.receive('ent.tea', notice, 2, false))).toBe('PHOTO_MISSING')
    expect(codeOf(await letters.receive('ent.tea', notice, 3))).toBe('FORBIDDEN')
    expect(codeOf(await letters.receive('industry', notice, 4))).toBe('FORBIDDEN')
    for (const [who, no] of [
      ['ent.tea', 1],
      ['ent.tea', 2],
      ['industry', 3],
    ] as const)
      expect((await letters.receive(who, notice, no)).data?.['letterCopyReceive']).toMatchObject({ stage: 'DELIVERED' })
    expect(codeOf(await letters.receive('industry', notice, 3))).toBe('ALREADY')
    expect((await letters.receive('town', notice, 4)).data?.['letterCopyReceive']).toMatchObject({ stage: 'COMPLETE', copiesDone: 4 })
  })

  test('a second notice of the year is refused, one after a void one is not, and its number is new', async () => {
    const [again] = bulk(await letters.issue('town', 'NOTICE', { ids: [tea()] })).refused
    expect(again?.code).toBe('ALREADY_ISSUED')
    const first = await letters.issued('town', 'NOTICE', inn())
    expect(codeOf(await letters.void('town', first, ' '))).toBe('MISSING')
    expect(codeOf(await letters.void('industry', first))).toBe('NOT_FOUND')
    expect((await letters.void('town', first)).data?.['letterVoid']).toMatchObject({ stage: 'VOID' })
    const second = await letters.issued('market', 'NOTICE', inn())
    expect(second.serial).toBeGreaterThan(first.serial)
    expect(codeOf(await letters.deliver('market', first, 'PRINCIPAL', 'inn乙'))).toBe('WRONG_STAGE')
  })

  test('a commitment is the legal representative’s, and is asked for again when he or the name changes', async () => {
    const one = await letters.issued('industry', 'COMMITMENT', tea())
    expect(one.number).toMatch(/^金谷安承〔2026〕\d+号$/)
    expect(codeOf(await letters.deliver('ent.tea', one, 'PRINCIPAL', 'tea乙'))).toBe('SIGNER_ROLE')
    expect(codeOf(await letters.deliver('ent.tea', one, 'BRANCH_HEAD', 'tea乙'))).toBe('SIGNER_ROLE')
    expect((await letters.deliver('ent.tea', one, 'LEGAL_REP', 'tea甲')).errors).toBeUndefined()
    const edit = async (facts: object) => {
      const { enterprise } = await town.get<{ enterprise: { version: number } }>('town', 'query ($id: ID!) { enterprise(id: $id) { version } }', { id: tea() })
      await town.get('town', 'mutation ($id: ID!, $v: Int!, $f: EnterpriseInput!) { enterpriseEdit(id: $id, version: $v, facts: $f) { id } }', {
        ...{ id: tea(), v: enterprise.version, f: { name: '金谷样本茶厂', division: '350524106201', ...facts } },
      })
    }
    await edit({ address: '新路 2 号' })
    expect((await letters.look('town', one.id)).resign).toBe(false)
    await edit({ legalRep: '新法人' })
    expect(await letters.look('town', one.id)).toMatchObject({ resign: true, resignReason: '法定代表人已变更', stage: 'DELIVERED' })
    const two = await letters.issued('industry', 'COMMITMENT', tea())
    expect((await letters.look('town', one.id)).stage).toBe('REPLACED')
    expect(codeOf(await letters.deliver('ent.tea', two, 'LEGAL_REP', 'tea甲'))).toBe('SIGNER_DIFFERS')
    expect((await letters.deliver('ent.tea', two, 'LEGAL_REP', '新法人')).errors).toBeUndefined()
  })

  test('a name changed on another way, by a ledger, is found by the daily job', async () => {
    const one = (
      await letters.look(
        'town',
        (
          await town.get<{ letters: { nodes: { id: string }[] } }>(
            'town',
            '{ letters(where: { kind: { eq: COMMITMENT }, stage: { eq: DELIVERED } }) { nodes { id } } }',
          )
        ).letters.nodes[0]!.id,
      )
    ).id
    const rename = (name: string) =>
      act({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'ledger' }, 'enterpriseEdit', async ({ em }) => {
        const firm = await em.findOneOrFail(Enterprise, { id: tea() })
        firm.name = name
      })
    await rename('金谷新样本茶厂')
    const job = () => ({ em: town.store.em({ division: '' }), actor: undefined, now: town.clock.now, request: 'daily' })
    expect(await askAllAgain(job, town.store.reader)).toBe(1)
    expect(await askAllAgain(job, town.store.reader)).toBe(0)
    expect(await letters.look('town', one)).toMatchObject({ resign: true, resignReason: '单位名称已变更' })
    await rename('金谷样本茶厂')
    expect((await letters.issued('industry', 'COMMITMENT', tea())).stage).toBe('ISSUED')
    const again = (await letters.issue('town', 'COMMITMENT', { ids: [tea()] })).data
    expect(again?.['lettersIssue']).toMatchObject({ done: 0 })
    const fresh = (
      await town.get<{ letters: { nodes: { id: string }[] } }>(
        'town',
        '{ letters(where: { kind: { eq: COMMITMENT }, stage: { eq: ISSUED } }) { nodes { id } } }',
      )
    ).letters.nodes[0]!
    expect((await letters.deliver('ent.tea', fresh, 'LEGAL_REP', '新法人')).errors).toBeUndefined()
  })

  test('for all who have none: each once, and nothing outside the scope', async () => {
    const own = bulk(await letters.issue('industry', 'COMMITMENT', { lacking: true }))
    expect(own.done).toBe(0)
    const town1 = bulk(await letters.issue('town', 'COMMITMENT', { lacking: true }))
    expect(town1.done).toBe(1)
    expect(bulk(await letters.issue('town', 'COMMITMENT', { lacking: true })).done).toBe(0)
    expect(bulk(await letters.issue('market', 'NOTICE', { ids: [tea()] })).refused[0]?.code).toBe('NOT_FOUND')
    for (const who of ['village', 'ent.tea', 'county'])
      expect(bulk(await letters.issue(who, 'NOTICE', { ids: [tea()] })).refused[0]?.code).toMatch(/FORBIDDEN|NOT_FOUND/)
    expect(codeOf(await letters.issue('town', 'LISTING', { ids: [tea()] }))).toBe('LETTER_KIND')
  })

  test('what it says is frozen with its hash; both files say it, whoever prints it and whenever', async () => {
    const [{ id }] = (
      await town.get<{ letters: { nodes: { id: string }[] } }>(
        'town',
        '{ letters(where: { kind: { eq: COMMITMENT }, stage: { eq: DELIVERED } }) { nodes { id } } }',
      )
    ).letters.nodes as [{ id: string }]
    const letter = await letters.look('town', id)
    expect(createHash('sha256').update(letter.content).digest('hex')).toBe(letter.sha256)
    const [pdf, word, again] = [
      await letters.file('ent.tea', `/letters/${id}.pdf`),
      await letters.file('town', `/letters/${id}.docx`),
      await letters.file('town', `/letters/${id}.pdf`),
    ]
    const said = bare(wordLines(word.body))
    expect(bare(await pdfPages(pdf.body))).toBe(said)
    expect(bare(await pdfPages(again.body))).toBe(said)
    for (const words of [
      '关于自主加强安全生产标准化建设承诺书',
      letter.number,
      '从目标职责、制度化管理、教育培训、现场管理、安全风险管控及隐患排查治理、应急管理、事故管理和持续改进八个方面',
      '本承诺书一式四份',
      '2026年',
    ])
      expect(said).toContain(bare(words))
    expect(said).not.toContain('告知书')
    expect((await letters.file('market', `/letters/${id}.pdf`)).status).toBe(404)
  })

  test('one place’s copies of many letters are taken in at once', async () => {
    const answer = await town.ask(
      'town',
      'mutation { lettersCopyReceive(selection: { where: { kind: { eq: COMMITMENT } } }, holder: TOWN) { done refused { code name } } }',
    )
    expect(answer.data?.['lettersCopyReceive']).toMatchObject({ done: 1 })
  })

  test('the rates of delivery and signing count enterprises in business, and are null where there is none', async () => {
    const rates = '{ count figures { inScope noticesDelivered noticeRate commitmentsSigned commitmentRate } }'
    const { enterprises, none } = await town.get<Record<'enterprises' | 'none', { aggregate: { figures: object } }>>(
      'town',
      `{ enterprises { aggregate ${rates} } none: enterprises(where: { name: { eq: "没有" } }) { aggregate ${rates} } }`,
    )
    expect(enterprises.aggregate.figures).toEqual({ inScope: 2, noticesDelivered: 1, noticeRate: 50, commitmentsSigned: 1, commitmentRate: 50 })
    expect(none.aggregate.figures).toMatchObject({ inScope: 0, noticeRate: null, commitmentRate: null })
  })
})

describe('letters of a hazard', () => {
  const hazard = () => town.hazards['tea']!

  test('a rectification notice needs a deadline, a review opinion a review and the notice it answers', async () => {
    expect(codeOf(await letters.ofHazard('industry', 'RECTIFICATION_NOTICE', hazard()))).toBe('HAZARD_NOT_READY')
    expect(codeOf(await letters.ofHazard('industry', 'REVIEW_OPINION', hazard()))).toBe('HAZARD_NOT_READY')
    expect(codeOf(await letters.ofHazard('industry', 'LISTING', hazard()))).toBe('FORBIDDEN')
    expect(codeOf(await letters.ofHazard('village', 'RECTIFICATION_NOTICE', hazard()))).toBe('FORBIDDEN')
    const { data, errors } = await letters.ofHazard('industry', 'RECTIFICATION_NOTICE', hazard(), { dueOn: '2026-03-20' })
    expect(errors).toBeUndefined()
    expect(data?.['letterOfHazard']).toMatchObject({ number: '金谷经济安改〔2026〕1号', copies: { nodes: [{ holder: 'ENTERPRISE' }, { holder: 'ISSUER' }] } })
    const { hazard: of } = await town.get<{ hazard: { letters: { nodes: { number: string }[] } } }>(
      'ent.tea',
      'query ($id: ID!) { hazard(id: $id) { letters { nodes { number } } } }',
      {
        id: hazard(),
      },
    )
    expect(of.letters.nodes).toEqual([{ number: '金谷经济安改〔2026〕1号' }])
  })

  test('a request for more time is a paper of the enterprise, for those who see its hazard', async () => {
    const facts = {
      ...{ description: '热风炉温控失灵', place: '烘干间', factor: 'OBJECT', severity: 'GENERAL', source: 'STATION_GUIDANCE', manageType: 'DEADLINE' },
      ...{ foundOn: '2026-03-02', interimMeasure: '停用热风炉，专人看守', workshop: '二车间' },
    }
    const report = 'mutation ($e: ID!, $f: HazardInput!) { hazardReport(enterprise: $e, facts: $f) { id version } }'
    const { hazardReport } = await town.get<{ hazardReport: { id: string; version: number } }>('industry', report, { e: tea(), f: facts })
    const notify = 'mutation ($id: ID!, $v: Int!) { hazardNotify(id: $id, version: $v, dueOn: "2026-03-09") { version } }'
    const { hazardNotify } = await town.get<{ hazardNotify: { version: number } }>('industry', notify, { id: hazardReport.id, v: hazardReport.version })
    const { extensionAsk } = await town.get<{ extensionAsk: { id: string } }>(
      'ent.tea',
      'mutation ($h: ID!, $v: Int!) { extensionAsk(hazard: $h, version: $v, toDueOn: "2026-03-20", reason: "配件未到") { id } }',
      { h: hazardReport.id, v: hazardNotify.version },
    )
    const file = (who: string, format = 'pdf') => letters.file(who, `/extensions/${extensionAsk.id}.${format}`)
    const said = bare(await pdfPages((await file('ent.tea')).body))
    expect(said).toBe(bare(wordLines((await file('industry', 'docx')).body)))
    for (const words of ['整改延期申请书', '原整改期限2026年3月9日', '申请延至2026年3月20日', '配件未到', '停用热风炉，专人看守', '主要负责人（签字）'])
      expect(said).toContain(words)
    // The head of the other workshop does not see that hazard, nor what was asked about it.
    for (const who of ['market', 'town.far', 'workshop.tea']) expect((await file(who)).status).toBe(404)
  })

  test('a statutory order is for an authorised station only, with two officers and the remedies', async () => {
    const order = (who: string, facts: object) => letters.ofHazard(who, 'STATUTORY_ORDER', hazard(), { dueOn: '2026-03-20', ...facts })
    expect(codeOf(await order('industry', {}))).toBe('FORBIDDEN')
    expect(codeOf(await order('town', {}))).toBe('FORBIDDEN')
    const { stations } = await town.get<{ stations: { id: string; version: number; code: string; name: string }[] }>(
      'admin',
      '{ stations { id version code name } }',
    )
    const { id, version, name } = stations.find(({ code }) => code === 'INDUSTRY_STATION')!
    await town.get('admin', 'mutation ($id: ID!, $v: Int!, $f: StationInput!) { stationEdit(id: $id, version: $v, facts: $f) { id } }', {
      ...{ id, v: version, f: { name, authorised: true } },
    })
    expect(codeOf(await order('industry', {}))).toBe('HAZARD_NOT_READY')
    const facts = {
      ...{ description: '未对煤气柜设限位', place: '气柜', factor: 'OBJECT', severity: 'GENERAL', source: 'ENFORCEMENT', manageType: 'DEADLINE' },
      ...{ foundOn: '2026-03-02', legalBasis: '《安全生产法》第三十六条' },
    }
    const { hazardReport } = await town.get<{ hazardReport: { id: string } }>(
      'industry',
      'mutation ($e: ID!, $f: HazardInput!) { hazardReport(enterprise: $e, facts: $f) { id } }',
      {
        ...{ e: tea(), f: facts },
      },
    )
    const two = [
      { name: '林样', certificate: '13052400001' },
      { name: '陈样', certificate: '13052400002' },
    ]
    const remedy = { government: '安溪县人民政府', court: '安溪县人民法院' }
    const asked = (more: object) => letters.ofHazard('industry', 'STATUTORY_ORDER', hazardReport.id, { dueOn: '2026-03-20', ...more })
    expect(codeOf(await asked({ ...remedy, officers: [two[0], two[0]] }))).toBe('OFFICERS')
    expect(codeOf(await asked({ officers: two }))).toBe('REMEDY')
    const answer = await asked({ ...remedy, officers: two })
    expect(answer.data?.['letterOfHazard']).toMatchObject({ number: '金谷经济应急责改〔2026〕1号' })
    const { id: letter } = answer.data!['letterOfHazard'] as { id: string }
    const said = bare(await pdfPages((await letters.file('ent.tea', `/letters/${letter}.pdf`)).body))
    expect(said).toBe(bare(wordLines((await letters.file('ent.tea', `/letters/${letter}.docx`)).body)))
    for (const words of ['林样（证号：13052400001）', '陈样（证号：13052400002）', '向安溪县人民政府申请行政复议', '《安全生产法》第三十六条'])
      expect(said).toContain(words)
  })
})
