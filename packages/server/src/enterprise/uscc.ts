import { Refusal } from '../shared/refusal.js'

/** 统一社会信用代码, GB 32100-2015: 31 symbols, without I, O, S, V and Z. */
const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
/** What is read or typed for what (the code has no I, O, S, V or Z). */
const LOOKS_LIKE: Record<string, string> = { I: '1', O: '0', S: '5', V: 'U', Z: '2' }

/** Full-width to half-width, upper case, without the blanks and dashes that people set between the groups. */
export const normaliseUscc = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d\ufeff\-‐-―_.·]/g, '')
    .toUpperCase()

/** The 18th character that the first 17 call for. */
export function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * SYMBOLS.indexOf(first17[i]!), 0)
  return SYMBOLS[(31 - (sum % 31)) % 31]!
}

/** Gives the code back as it is stored; refuses a wrong one and says where it is wrong. */
export function checkUscc(text: string): string {
  const code = normaliseUscc(text)
  const wrong = (why: string, suggestion?: string) =>
    new Refusal('USCC', `统一社会信用代码“${code}”${why}`, { field: 'uscc', ...(suggestion ? { suggestion } : {}) })
  if (/^\d{15}$/.test(code)) throw wrong('是 15 位的旧工商注册号，请填营业执照上 18 位的统一社会信用代码')
  if (/^[0-9A-Z]{9}$/.test(code)) throw wrong('是 9 位的旧组织机构代码，请填 18 位的统一社会信用代码')
  if (code.length !== 18) throw wrong(`有 ${code.length} 位，应为 18 位`)
  const bad = [...code].findIndex((symbol) => !SYMBOLS.includes(symbol))
  if (bad >= 0) throw wrong(`第 ${bad + 1} 位“${code[bad]}”不是代码用字（不用 I、O、S、V、Z）`, lookAlike(code))
  if (!/^.{2}\d{6}/.test(code)) throw wrong('第 3 至 8 位应为登记机关的 6 位数字区划码')
  const expected = checkCharacter(code)
  if (code[17] !== expected) throw wrong(`校验不符：按前 17 位推算，最后一位应为“${expected}”，现为“${code[17]}”，请对照营业执照核对`)
  return code
}

export function isUscc(text: string): boolean {
  try {
    return checkUscc(text).length === 18
  } catch {
    return false
  }
}

/** With its O read as 0 and its I as 1 the code may be right; then that is what was meant. */
function lookAlike(code: string): string | undefined {
  const read = code.replace(/[IOSVZ]/g, (symbol) => LOOKS_LIKE[symbol]!)
  return isUscc(read) ? read : undefined
}
