import { Refusal } from '../shared/refusal.js'

const PARTS = /^([\p{Script=Han}A-Za-z]{1,20})[〔[【(](\d{4})年?[〕\]】)]第?0*([1-9]\d{0,4})号?$/u

/**
 * 发文字号 as GB/T 9704 writes it: 机关代字〔年份〕序号号, the year in 六角括号 (U+3014, U+3015), no 第, no leading zero. Whatever
 * brackets and digits were typed are put right; what cannot be read is refused.
 */
export function readDocumentNumber(typed: string, field = 'number'): string {
  // NFKC makes 〔〕 of ﹝﹞, () of （）, [] of ［］ and plain digits of wide ones.
  const parts = PARTS.exec(typed.normalize('NFKC').replace(/\s+/g, ''))
  const [, sign, year, serial] = parts ?? []
  if (!sign || !year || !serial || Number(year) < 1949 || Number(year) > 2199)
    throw new Refusal('DOCUMENT_NUMBER', '文号写不对，应如“金政〔2023〕6号”：机关代字、括号里的年份、序号', { field })
  return `${sign}〔${year}〕${serial}号`
}
