import type { Cell } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { half } from '../shared/sameKey.js'

const MOST = 100_000

/** 从业人数: `１４１人`, `约50`, `50余人`, `1,200`; never negative, never a part of a person. */
export function readCount(cell: Cell): number {
  const text = half(cell.text).replace(/[\s,]/g, '')
  const bare = text.replace(/^(约|大约|近|共|有|计|合计|在册)+/, '').replace(/(人左右|名左右|左右|余人|多人|余名|人次|人|名|个|位|余|多|\+|以上)+$/, '')
  if (/^-\d/.test(bare)) throw new Refusal('COUNT', '是负数，请填实际人数')
  if (/^\d+(-|~|至|到)\d+$/.test(bare)) throw new Refusal('COUNT', '是一个范围，请填一个确定的人数')
  if (/^\d+\.\d*[1-9]\d*$/.test(bare)) throw new Refusal('COUNT', '不是整数，请填实际人数')
  if (!/^\d+(\.0*)?$/.test(bare)) throw new Refusal('COUNT', '不是人数，请填整数')
  const many = Number(bare)
  if (many > MOST) throw new Refusal('COUNT', `超过 ${MOST} 人，请核对`)
  return many
}

/** 元 to fen; 万元 when the header or the cell says so. */
export function readFen(cell: Cell, header: string): number {
  const text = half(cell.text).replace(/[\s,¥￥]/g, '')
  const found = /^(?:约)?(\d+(?:\.\d{1,6})?)(万元?|元)?$/.exec(text)
  if (!found) throw new Refusal('MONEY', '不是金额，请填数字（元）')
  const unit = found[2]?.startsWith('万') || (!found[2] && half(header).includes('万')) ? 1_000_000 : 100
  const fen = Math.round(Number(found[1]) * unit)
  if (fen > 2_000_000_000) throw new Refusal('MONEY', '超过 2000 万元，请核对单位是元还是万元')
  return fen
}
