import type { Cell } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { half } from '../shared/sameKey.js'

const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^0\d{2,3}\d{7,8}$/
/** The column's length. */
const MOST = 40
const SERVICE = /^[48]00\d{7}$/

/** One phone or several, each as digits (a landline with its area code), joined with 、. `area` is the town's own. */
export function readPhones(cell: Cell, area = '0595'): string {
  const text = half(cell.text)
  if (/\d\.?\d*e\+?\d/i.test(text)) throw new Refusal('PHONE', '被 Excel 变成了科学计数，请把该列设为文本后重填')
  // A name or a note beside the number ends it; 转 and 分机 belong to it.
  const parts = text.split(/[、/,，;；|\n]|(?<=\d)(?=\s*[(\u4e00-\u9fff])(?!\s*(?:转|分机))|或/).filter((part) => /\d/.test(part))
  const phones = parts.flatMap(
    (part) =>
      onePhone(part, area) ??
      onePhone(part.replace(/(\d{7,8})-(\d{1,4})$/, '$1转$2'), area) ??
      part.split(/\s+/).map((piece) => onePhone(piece, area) ?? wrong(piece)),
  )
  const all = [...new Set(phones)].join('、')
  if (all.length > MOST) throw new Refusal('PHONE', '号码太多，最多填 3 个')
  return all || wrong('')
}

function onePhone(part: string, area: string): string | undefined {
  const [main = '', extension] = part.split(/转|ext\.?|分机/i)
  let digits = main.replace(/\D/g, '').replace(/^(00)?86(?=1[3-9]\d{9}$|0?\d{10,11}$)/, '')
  // A number cell loses the zero before the area code.
  if (/^[2-9]\d{9,10}$/.test(digits) && digits.startsWith(area.slice(1))) digits = `0${digits}`
  if (/^[2-8]\d{7}$/.test(digits)) digits = area + digits
  if (![MOBILE, LANDLINE, SERVICE].some((form) => form.test(digits))) return undefined
  return extension && /\d/.test(extension) ? `${digits}转${extension.replace(/\D/g, '')}` : digits
}

function wrong(piece: string): never {
  const length = piece.replace(/\D/g, '').length
  throw new Refusal('PHONE', `${length ? `（${length} 位）` : ''}不是有效号码：手机为 11 位、以 1 开头，座机为 0595 加 8 位`)
}
