import type { SqlEntityManager } from '@mikro-orm/sql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Extension } from '../hazard/extension.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardSeverity } from '../hazard/terms.js'
import { BLANK_DATE, closing, dateText, fields, gap, type Paper, signing, text, title } from '../paper/paper.js'
import { dayOf } from '../shared/days.js'
import { linkedId } from '../shared/datum.js'
import { notFound } from '../shared/refusal.js'

/**
 * 整改延期申请书 (domain.md §7.6): what the enterprise asked in writing, to be sealed and handed in; the reply is a letter of the
 * issuing office. For whoever may see the hazard; NOT_FOUND for everybody else.
 */
export async function extensionRequestPaper(em: SqlEntityManager, id: string): Promise<Paper> {
  const request = await em.findOne(Extension, { id })
  // A request is told of with its hazard only: the head of another workshop sees neither.
  const hazard = request && (await em.findOne(Hazard, { id: linkedId(request.hazard)! }))
  const firm = hazard && (await em.findOne(Enterprise, { id: linkedId(hazard.enterprise)! }))
  if (!request || !hazard || !firm) throw notFound('延期申请')
  const major = hazard.severity === HazardSeverity.MAJOR
  return {
    name: `整改延期申请书 ${hazard.number}`,
    blocks: [
      title('整改延期申请书'),
      gap(),
      text(`${hazard.foundByUnit || '签发整改通知的单位'}：`, { indent: false }),
      text(`我单位下列${major ? '重大' : '一般'}隐患因故不能按期完成整改，申请延期：`),
      fields([
        ['隐患编号', hazard.number],
        ['隐患部位', hazard.place],
        ['隐患内容', hazard.description],
        ...(hazard.noticeNumber ? ([['整改通知', hazard.noticeNumber]] as [string, string][]) : []),
        ['原整改期限', dateText(request.fromDueOn)],
        ['申请延至', dateText(request.toDueOn)],
        ['延期原因', request.reason],
        ['防范措施', hazard.interimMeasure ?? ''],
      ]),
      gap(0.5),
      text('延期期间，我单位保证落实上述防范措施，确保安全，并按申请的期限完成整改。'),
      closing(`${firm.name}（盖章）`, dateText(dayOf(request.createdAt))),
      signing({ label: '主要负责人（签字）：' }, { label: '收件人（签字）：' }, { label: '收件日期：', value: BLANK_DATE }),
    ],
  }
}
