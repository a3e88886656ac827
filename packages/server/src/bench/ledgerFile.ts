import { checkCharacter } from '../enterprise/uscc.js'
import { paperFile } from '../shared/excelWrite.js'

export const COLUMNS = ['单位名称', '统一社会信用代码', '所属村', '详细地址', '行业类别', '从业人数', '主要负责人', '联系电话']

/** A ledger of fictional enterprises without a fault, every one of them new, spread over the villages. */
export function ledgerFile(rows: number, villages: readonly string[]): Promise<Uint8Array> {
  const lines = Array.from({ length: rows }, (_, i) => {
    const stem = `91350524BA${String(i).padStart(7, '0')}`
    const village = villages[i % villages.length]!
    return [
      `测速样本第${i}号茶厂`,
      stem + checkCharacter(stem),
      village,
      `${village}测速路 ${i} 号`,
      '茶叶加工',
      1 + (i % 90),
      '甲某',
      `138${String(i).padStart(8, '0')}`,
    ]
  })
  const columns = COLUMNS.map((header) => ({ header, count: header === '从业人数' }))
  return paperFile({ sheet: '企业台账', lines: ['金谷镇企业台账'], columns }, lines)
}
