import { FREQUENCY_NAME } from '../checklist/terms.js'
import { paperFile, type PaperCell, type PaperColumn } from '../shared/excelWrite.js'
import { NORM_COLUMNS, type NormField } from './normColumns.js'

const WIDTH: Partial<Record<NormField, number>> = { sheet: 24, content: 44, requirement: 40, demand: 28, legalBasis: 28, section: 14 }
const CHOICES: Partial<Record<NormField, string[]>> = {
  level: ['单位', '车间', '岗位'],
  frequency: Object.values(FREQUENCY_NAME),
  factor: ['人', '物', '环境', '管理'],
  critical: ['是', '否'],
  severity: ['一般', '重大'],
  method: ['查阅资料', '现场查看', '操作测试', '抽问'],
}
const EXAMPLES: Partial<Record<NormField, string>>[] = [
  {
    ...{ key: 'TEA-U-01', level: '单位', sheet: '茶叶加工单位安全检查清单', section: '责任制度', content: '示例：主要负责人与各岗位签订安全责任书' },
    ...{ requirement: '责任书覆盖到每个岗位，当年有效', method: '查阅资料', responsible: '主要负责人', frequency: '每年', demand: '三日内补签' },
    ...{ factor: '管理', critical: '否', severity: '一般', legalBasis: '《安全生产法》第二十一条', element: '5.1.2' },
  },
  {
    ...{ key: 'TEA-P-01', level: '岗位', sheet: '杀青岗安全检查卡片', appliesTo: '杀青', section: '设备', content: '示例：杀青机防护罩完好' },
    ...{ method: '现场查看', responsible: '岗位员工', frequency: '每班', factor: '物', critical: '是', severity: '一般', element: '5.4.1' },
  },
]
const NOTES = [
  '检查项表填写说明',
  '带 * 的列必填；以“示例：”开头的行不会导入。列的顺序可以调整，多余的列不影响导入。',
  '编号各版保持不变：改版时同一编号的检查项视为同一项，企业清单据此升级，改写和检查记录都不丢。没有编号的，按检查内容与草稿中已有的项对应，对不上的自动编号。',
  '层级填“单位”“车间”或“岗位”；同一层级、同一清单名称的行在一张清单里。',
  '适用车间或岗位写名称里的字，如“杀青、烘焙”；不填适用于全部。',
  '导入前可以先预览：每一行都会说明是新增、更新、未变还是退回；有退回的行，整份不写入（可选择只导入其余的行）。',
]

/** An empty sheet of items as we would like to have it. */
export const normTemplate = (): Promise<Uint8Array> =>
  paperFile(
    {
      sheet: '检查项',
      lines: ['安全生产检查清单检查项'],
      columns: NORM_COLUMNS.map(({ field, label }): PaperColumn => ({
        header: label,
        required: field === 'level' || field === 'content',
        ...(WIDTH[field] ? { width: WIDTH[field] } : {}),
        ...(CHOICES[field] ? { choices: CHOICES[field] } : {}),
      })),
    },
    EXAMPLES.map((example) => NORM_COLUMNS.map(({ field }): PaperCell => example[field])),
    NOTES,
    200,
  )
