import type { SqlEntityManager } from '@mikro-orm/sql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { STAGE_NAME as HAZARD_STAGE_NAME } from '../hazard/terms.js'
import { type Block, type Cell, closing, dateText, fields, gap, heading, type Paper, signing, table, text, title } from '../paper/paper.js'
import { type Assessment, AssessmentAnswer, AssessmentVeto, Deduction, percentText } from './assessment.entity.js'
import { AssessmentStandard, StandardElement, StandardVeto } from './standard.entity.js'
import { type AssessmentLevel, LEVEL_NAME, STAGE_NAME } from './terms.js'

/** Everything one report is written from. */
interface Sources {
  assessment: Assessment
  firm: Enterprise
  standard: AssessmentStandard
  elements: StandardElement[]
  answers: ReadonlyMap<string, AssessmentAnswer>
  deductions: Deduction[]
  vetoes: AssessmentVeto[]
}

/** 安全生产标准化自评报告: result, how it came about line by line, every item, every non-conformity, the signature. Notes stay short; no phone. */
export async function assessmentPaper(em: SqlEntityManager, assessment: Assessment): Promise<Paper> {
  const of = { assessment: assessment.id }
  const standard = await em.findOneOrFail(AssessmentStandard, { id: assessment.standard.id })
  const elements = await em.find(StandardElement, { standard: standard.id }, { orderBy: { seq: 'asc' } })
  const ids = new Set(elements.map(({ id }) => id))
  const answers = (await em.find(AssessmentAnswer, of)).filter(({ element }) => ids.has(element.id))
  const own = new Set(answers.map(({ id }) => id))
  const texts = (await em.find(StandardVeto, { standard: standard.id }, { orderBy: { seq: 'asc' } })).map(({ text: said }) => said)
  const vetoes = await em.find(AssessmentVeto, { ...of, text: { $in: texts } })
  const found = await em.find(Deduction, { ...of, withdrawnOn: null }, { populate: ['hazard'] as never, orderBy: { createdAt: 'asc', id: 'asc' } })
  const sources: Sources = {
    ...{ assessment, standard, elements },
    firm: await em.findOneOrFail(Enterprise, { id: assessment.enterprise.id }),
    answers: new Map(answers.map((answer) => [answer.element.id, answer])),
    deductions: found.filter(({ answer }) => own.has(answer.id)),
    vetoes: vetoes.sort((a, b) => texts.indexOf(a.text) - texts.indexOf(b.text)),
  }
  const name = `${sources.firm.name}${assessment.year}年度安全生产标准化自评报告`
  const blocks = [title(`${assessment.year}年度安全生产标准化自评报告`), gap(), ...summary(sources), ...scoring(sources), ...items(sources)]
  return { name, numbered: true, body: { size: 12, pitch: 20 }, blocks: [...blocks, ...findings(sources), ...vetoChecks(sources), ...ending(sources)] }
}

const points = (tenths: number): string => percentText(tenths)!
const level = (one: AssessmentLevel | undefined): string => (one ? LEVEL_NAME[one] : '未达标')

function summary({ assessment, firm, standard }: Sources): Block[] {
  return [
    fields(
      [
        ['企业名称', firm.name],
        ['统一社会信用代码', firm.uscc ?? `无（${firm.noUsccReason ?? '未登记'}）`],
        ['评定标准', `${standard.name}（${standard.code}，${standard.edition}）`],
        ['应完成日期', dateText(assessment.dueOn)],
        ['得分率', assessment.percentTenths == null ? '—' : `${percentText(assessment.percentTenths)}%`],
        ['自评等级', level(assessment.level)],
        ['否决项', assessment.vetoes ? `触及 ${assessment.vetoes} 项` : '未触及'],
        ['状态', STAGE_NAME[assessment.stage]],
      ],
      2,
    ),
    gap(),
  ]
}

function scoring({ assessment: one }: Sources): Block[] {
  const possible = one.totalTenths - one.naTenths
  const percent = one.percentTenths == null ? '—（没有适用的项目）' : `${points(one.earnedTenths)}÷${points(possible)}×100＝${percentText(one.percentTenths)}`
  return [
    heading('一、得分与等级'),
    text(`总分 ${points(one.totalTenths)}，不适用项目 ${points(one.naTenths)}，应得分 ${points(possible)}，实得分 ${points(one.earnedTenths)}。`),
    text(`得分率：${percent}。按得分率：${level(one.levelByScore)}。`),
    text(`上年度死亡 ${one.deaths} 人、重伤 ${one.seriousInjuries} 人。按安全绩效：${level(one.levelByRecord)}。`),
    text(`自评等级取两者中较低的：${level(one.level)}。${one.vetoes ? `另触及否决项 ${one.vetoes} 项，自评不通过。` : ''}`),
  ]
}

function items({ elements, answers, deductions }: Sources): Block[] {
  const lost = Map.groupBy(deductions, ({ answer }) => answer.id)
  const rows = elements.map((element): Cell[] => {
    if (element.pointsTenths == null) return [element.code, { text: element.name, bold: true, span: 4 }]
    const answer = answers.get(element.id)
    const earned = answer && Math.max(0, element.pointsTenths - answer.deductedTenths)
    const said = answer?.na
      ? `不适用：${answer.naReason ?? ''}`
      : [...(lost.get(answer?.id ?? '') ?? []).map(({ finding }) => finding), answer?.note].filter(Boolean).join('；')
    return [element.code, element.name, points(element.pointsTenths), !answer ? '未评' : answer.na ? '—' : points(earned!), said || '符合']
  })
  const columns = [
    { title: '编码', width: 2 },
    { title: '要素', width: 6 },
    { title: '标准分', width: 2, align: 'right' as const },
    { title: '实得分', width: 2, align: 'right' as const },
    { title: '自评情况', width: 8 },
  ]
  return [gap(), heading('二、逐项评分'), table(columns, rows, 9)]
}

function findings({ deductions, elements, answers }: Sources): Block[] {
  if (!deductions.length) return [gap(), heading('三、不符合项'), text('没有不符合项。')]
  const byAnswer = new Map([...answers.values()].map((answer) => [answer.id, elements.find(({ id }) => id === answer.element.id)?.code ?? '']))
  const rows = deductions.map((one, at): Cell[] => {
    const hazard = one.hazard?.unwrap()
    const state = hazard ? HAZARD_STAGE_NAME[hazard.stage] : one.verifiedOn ? `${one.verifiedOn} 验证合格` : one.doneOn ? '已整改待验证' : '整改中'
    const how = hazard ? `隐患 ${hazard.number}` : [one.measure, one.responsible, one.dueOn].filter(Boolean).join('，')
    return [String(at + 1), byAnswer.get(one.answer.id)!, one.finding, points(one.tenths), how, state]
  })
  const columns = [
    { title: '序号', width: 1, align: 'centre' as const },
    { title: '要素', width: 2 },
    { title: '不符合的情况', width: 7 },
    { title: '扣分', width: 1, align: 'right' as const },
    { title: '整改措施、责任、期限', width: 5 },
    { title: '情况', width: 3 },
  ]
  return [gap(), heading('三、不符合项'), table(columns, rows, 9)]
}

const vetoChecks = ({ vetoes }: Sources): Block[] =>
  vetoes.length
    ? [
        ...[gap(), heading('四、否决项核对')],
        table(
          [
            { title: '内容', width: 8 },
            { title: '核对', width: 2, align: 'centre' },
          ],
          vetoes.map(({ text: said, hit }): Cell[] => [said, hit ? { text: '触及', bold: true } : '未触及']),
          9,
        ),
      ]
    : []

function ending({ assessment: one, firm }: Sources): Block[] {
  const signed = one.signedAt ? [closing(firm.name, dateText(one.finishedOn))] : []
  return [
    ...[gap(), signing({ label: '主要负责人（签字）：', ...(one.signerName ? { value: one.signerName } : {}) }), ...signed],
    ...(one.remark ? [text(`站所审查意见：${one.remark}`, { indent: false })] : []),
  ]
}
