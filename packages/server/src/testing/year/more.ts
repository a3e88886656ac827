import { randomUUID } from 'node:crypto'
import { Stranger } from '../strangers.js'
import type { Deeds, Row } from './deeds.js'

/** 自评: every item answered, two deductions — one put right, one made a hazard — then signed and looked at by the station. */
export async function assess(
  deeds: Deeds,
  firm: string,
  by: string,
  how: { deduct: boolean; sign: boolean; accept: boolean; dueOn: string },
): Promise<Row | undefined> {
  const { town } = deeds
  const who = `ent.${firm}`
  const { assessmentStandards } = await town.get<{
    assessmentStandards: { nodes: { id: string; elements: { nodes: { id: string; pointsTenths: number | null }[] } }[] }
  }>(
    'town',
    '{ assessmentStandards(first: 1, where: { code: { eq: "QZ-XW" } }) { nodes { id elements(first: 200, orderBy: [{ field: seq }]) { nodes { id pointsTenths } } } } }',
  )
  const [standard] = assessmentStandards.nodes
  const items = standard!.elements.nodes.filter(({ pointsTenths }) => pointsTenths !== null)
  const { id } = await deeds.do(who, 'assessmentBegin', { enterprise: town.enterprises[firm], year: 2026, standard: standard!.id, dueOn: how.dueOn })
  for (const [i, { id: element }] of items.entries())
    await deeds.do(who, 'assessmentAnswer', { id, element, facts: i === 0 ? { na: true, naReason: '没有这类设备' } : { na: false } })
  let hazard: Row | undefined
  if (how.deduct) {
    const facts = { tenths: 10, finding: '缺两份责任书', measure: '补签', responsible: '安全员', dueOn: how.dueOn }
    for (const item of items.slice(1, 3)) await deeds.do(who, 'deductionAdd', { assessment: id, element: item.id, facts })
    const { deductions } = await town.get<{ deductions: { nodes: Row[] } }>(
      who,
      'query ($a: ID!) { deductions(where: { assessment: { id: { eq: $a } } }, orderBy: [{ field: createdAt }]) { nodes { id version } } }',
      { a: id },
    )
    const [first, second] = deductions.nodes
    await deeds.do(who, 'deductionFix', { id: first!.id, result: '已补签' })
    await deeds.do(by, 'deductionVerify', { id: first!.id })
    const found = { description: '责任书缺签', place: '办公室', factor: 'MANAGEMENT', severity: 'GENERAL', source: 'SELF_CHECK', manageType: 'DEADLINE' }
    const foundOn = new Date(town.clock.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    const made = await deeds.do(who, 'deductionToHazard', { id: second!.id, facts: { ...found, foundOn } }, 'id version hazard { id version }')
    hazard = made['hazard'] as Row
    await deeds.do(who, 'hazardNotify', { id: hazard.id, dueOn: how.dueOn })
    await deeds.do(`safety.${firm}`, 'hazardAccept', { id: hazard.id })
    await deeds.do(`safety.${firm}`, 'hazardSubmit', { id: hazard.id, result: '责任书两份均已补签归档', photos: [await deeds.photo(`safety.${firm}`)] })
    await deeds.do(who, 'hazardClose', { id: hazard.id })
  }
  if (how.sign) await deeds.do(who, 'assessmentSign', { id, signer: `${firm}乙` })
  if (how.accept) await deeds.do(by, 'assessmentReview', { id, accepted: true })
  return hazard
}

/** 检查 against a list, with one item that fails. */
export const check = (deeds: Deeds, who: string, firm: string, kind: string, list: string[] = [], fails = false) => {
  const { clock, enterprises } = deeds.town
  const [checklist, ...items] = list
  return deeds.do(who, 'checkSubmit', {
    input: {
      ...{ key: randomUUID(), kind, enterprise: enterprises[firm], ...(checklist ? { checklist } : {}) },
      ...{ startedAt: new Date(clock.now.getTime() - 600_000).toISOString(), doneAt: clock.now.toISOString() },
      results: items.length
        ? items.map((item, i) => ({ item, outcome: fails && i === 0 ? 'FAIL' : 'PASS', ...(fails && i === 0 ? { note: '防护罩松动' } : {}) }))
        : [{ content: '现场查看', outcome: 'PASS' }],
      ...(items.length ? {} : { title: '现场检查' }),
    },
  })
}

/** 公众举报 of strangers: taken up as a hazard, refused with a reason, left lying. */
export async function reports(deeds: Deeds): Promise<string> {
  const { town } = deeds
  const stranger = new Stranger(town, '203.0.113.77')
  for (const place of ['后门', '路口', '河边']) {
    const { status, code } = await stranger.send({ village: '350524106201', place, content: `${place}堆满杂物，出口被堵` })
    if (status !== 200) throw new Error(`a report: ${status} ${code}`)
  }
  const { publicReports } = await town.get<{ publicReports: { nodes: Row[] } }>(
    'town',
    '{ publicReports(orderBy: [{ field: number }], first: 9) { nodes { id version } } }',
  )
  const [one, two, three] = publicReports.nodes
  await deeds.do('town', 'publicReportAsk', { id: three!.id, station: 'MARKET_STATION', question: '请到现场核实' })
  const hazard = { enterprise: town.enterprises['shop'], description: '安全出口被堵', place: '后门', factor: 'ENVIRONMENT', severity: 'GENERAL' }
  const taken = await deeds.do('town', 'publicReportAccept', { id: one!.id, hazard }, 'id version hazard { id }')
  await deeds.do('town', 'publicReportRefuse', { id: two!.id, answer: '经现场核实，该处不属于安全隐患' })
  return (taken['hazard'] as Row).id
}

const EXPERIENCE = '班前五分钟逐项提问，答不上来的当场补课，每周汇总一次薄弱点。'
/** 标杆企业, put forward by the station, taken or sent back by the town office. */
export async function nominate(deeds: Deeds, campaign: string, who: string, firm: string, accepted: boolean): Promise<void> {
  const { id } = await deeds.do(who, 'nominationCreate', {
    ...{ campaign, kind: 'BENCHMARK', enterprise: deeds.town.enterprises[firm], title: '班前五分钟', experience: EXPERIENCE },
    photos: [await deeds.photo(who)],
  })
  await deeds.do(who, 'nominationSubmit', { id })
  await deeds.do('town', 'nominationDecide', { id, accepted, ...(accepted ? {} : { remark: '请补充前后对比' }) })
}

/** 一企一策: written, somebody goes and helps, a step is done. */
export async function policy(deeds: Deeds, who: string, firm: string, guidedOn: string): Promise<void> {
  const { id } = await deeds.do(who, 'policyWrite', { enterprise: deeds.town.enterprises[firm], weakness: '现场管理薄弱', goal: '年底前达到标准化三级' })
  await deeds.do(who, 'policyGuide', { policy: id, guidedOn, finding: '通道被占', advice: '划线定置' })
  const step = await deeds.do(who, 'policyStepAdd', { policy: id, text: '划线定置', dueOn: '2026-12-01' })
  await deeds.do(who, 'policyStepFinish', { id: step.id, result: '已划线' })
}

/** 豁免: granted at once by the town office, or asked by the station and decided. */
export async function exempt(deeds: Deeds, campaign: string): Promise<void> {
  const { town } = deeds
  const { campaignProgress } = await town.get<{ campaignProgress: { phases: { tasks: { id: string; title: string }[] }[] } }>(
    'town',
    'query ($id: ID!) { campaignProgress(id: $id) { phases { tasks { id title } } } }',
    { id: campaign },
  )
  const task = (title: string) => campaignProgress.phases.flatMap(({ tasks }) => tasks).find((one) => one.title === title)!.id
  const { enterprises } = town
  await deeds.do('town', 'campaignExempt', { task: task('COMMITMENT_SIGNED'), unit: enterprises['yard'], reason: '停产检修' })
  await deeds.do('town', 'campaignExempt', { task: task('NOTICE_DELIVERED'), unit: enterprises['mill'], reason: '登记错了' })
  const back = await deeds.do('town', 'campaignExempt', { task: task('FIVE_S_AUDITED'), unit: enterprises['shop'], reason: '没有车间' })
  await deeds.do('town', 'campaignExemptionWithdraw', { id: back.id, reason: '已开工' })
  const yes = await deeds.do('industry', 'campaignExempt', { task: task('ASSESSMENT_FINISHED'), unit: enterprises['press'], reason: '新建企业' })
  await deeds.do('town', 'campaignExemptionDecide', { id: yes.id, granted: true })
  const no = await deeds.do('market', 'campaignExempt', { task: task('SIX_HAVES_ACHIEVED'), unit: enterprises['shop'], reason: '没有管道' })
  await deeds.do('town', 'campaignExemptionDecide', { id: no.id, granted: false, remark: '仍有标识' })
  await deeds.do('industry', 'campaignExempt', { task: task('SIX_HAVES_ACHIEVED'), unit: enterprises['kiln'], reason: '正在改造' })
  await deeds.do('town', 'campaignExempt', { task: task('PATROLLED'), unit: '350524106202', reason: '由邻村代管' })
}

/** 抽查: of the entries drawn for last month one was not meant, the others were. */
export async function lookedAt(deeds: Deeds): Promise<void> {
  const { doubtSamples } = await deeds.town.get<{ doubtSamples: { nodes: Row[] } }>(
    'town',
    '{ doubtSamples(first: 50, orderBy: [{ field: month }, { field: rank }]) { nodes { id version } } }',
  )
  for (const [i, { id }] of doubtSamples.nodes.slice(0, 3).entries())
    await deeds.do('town', 'doubtSampleLook', { id, verdict: i === 0 ? 'PERFUNCTORY' : 'FINE', remark: '到现场看过' })
}
