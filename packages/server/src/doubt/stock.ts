import { sameKey } from '../shared/sameKey.js'

/**
 * 套话: what can be said of any hazard and says nothing about this one. Taken out, longest first; what is left is what was
 * really said. A list that everybody can read, instead of a model that nobody can.
 */
const STOCK: readonly string[] = [
  ...[
    '针对检查中发现的问题',
    '按照要求',
    '按要求',
    '按规范',
    '按照规定',
    '按规定',
    '我公司',
    '我单位',
    '高度重视',
    '立即',
    '召开会议',
    '部署',
    '整改工作',
    '明确责任人',
  ],
  ...[
    '已经整改完成',
    '整改完毕',
    '整改完成',
    '整改到位',
    '整改好了',
    '整改措施',
    '整改',
    '已经完成',
    '已完成',
    '完成',
    '完毕',
    '到位',
    '效果良好',
    '符合要求',
    '合格',
    '全部',
  ],
  ...[
    '认真落实',
    '落实',
    '已落实',
    '消除安全隐患',
    '消除隐患',
    '确保消防安全',
    '确保安全',
    '保障',
    '安全生产形势持续稳定',
    '安全生产主体责任',
    '安全生产',
    '主体责任',
  ],
  ...[
    '今后',
    '一定注意',
    '加强日常管理',
    '加强管理',
    '加强检查',
    '加强教育培训',
    '加强',
    '教育培训',
    '批评教育',
    '教育',
    '提高员工安全意识',
    '提高安全意识',
    '进一步提高',
    '安全意识',
  ],
  ...[
    '发现问题及时处理',
    '及时处理',
    '已处理',
    '处理',
    '杜绝此类现象再次发生',
    '举一反三',
    '严格按照规定执行',
    '严格遵守规章制度',
    '严格',
    '执行',
    '规章制度',
    '遵守',
  ],
  ...[
    '安排专人负责',
    '安排人员跟进',
    '组织人员进行',
    '安排人员',
    '安排',
    '跟进',
    '尽快',
    '专人负责',
    '定期',
    '做好记录',
    '相关人员',
    '对',
    '要求',
    '同意',
    '已联系',
    '联系',
  ],
  ...[
    '已修复',
    '修复',
    '修好了',
    '正常使用',
    '一切正常',
    '无异常',
    '正常',
    '好了',
    '已改',
    '改',
    'ok',
    '无',
    '已检查',
    '检查',
    '不符',
    '设置',
    '已按',
    '现已',
    '已经',
    '已',
    '的',
    '了',
    '并',
    '且',
  ],
]
const LONGEST_FIRST = [...new Set(STOCK.map(sameKey))].filter(Boolean).sort((a, b) => b.length - a.length)

/** What is left of a text without stock phrases, blanks and punctuation. */
export function concrete(text: string): string {
  let left = sameKey(text)
  for (const phrase of LONGEST_FIRST) left = left.replaceAll(phrase, '')
  return left.replace(/^\d$/, '')
}

const pairs = (text: string): string[] => Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2))

/**
 * How much of a text is nothing but the clause, in percent of its pairs of characters; what tells of an action (已更换 …)
 * is taken as said anew, so that 「灯不亮」→「换灯」 is no copy.
 */
export function restated(text: string, clause: string): number {
  const said = sameKey(text)
  const known = new Set(pairs(sameKey(clause)))
  const own = pairs(said)
  if (own.length < 3 || !known.size) return 0
  return Math.floor((own.filter((pair) => known.has(pair)).length * 100) / own.length)
}
