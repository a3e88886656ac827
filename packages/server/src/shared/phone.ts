import { Refusal } from './refusal.js'

const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^0\d{2,3}\d{7,8}$/
const SERVICE = /^[48]00\d{7}$/

/** `138****0001`; a landline keeps its area code and last two digits. Several numbers are masked one by one. */
export function maskPhone(phones: string | null | undefined): string | null {
  return phones ? phones.split('、').map(maskOne).join('、') : null
}

function maskOne(phone: string): string {
  const digits = phone.replace(/转.*$/, '')
  if (MOBILE.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  if (LANDLINE.test(digits)) return `${digits.slice(0, -8)}****${digits.slice(-2)}`
  return '****'
}

/** A typed phone, or several, as digits joined with 、 (domain.md §9.4): without blanks, dashes and +86. */
export function readPhone(typed: string, most = 3): string | undefined {
  const parts = typed
    .normalize('NFKC')
    .split(/[、,;；/|\n]/)
    .filter((part) => part.trim())
  if (!parts.length) return undefined
  if (parts.length > most) throw new Refusal('PHONE', most === 1 ? '只能填一个电话' : `最多填 ${most} 个电话`, { field: 'phone' })
  return [...new Set(parts.map(readOne))].join('、')
}

function readOne(part: string): string {
  const digits = part.replace(/^\s*(\+|00)?86(?=[\s-]*(1[3-9]|0))/, '').replace(/[\s\-()‐-―]/g, '')
  const full = /^[2-8]\d{7}$/.test(digits) ? `0595${digits}` : digits
  if (![MOBILE, LANDLINE, SERVICE].some((form) => form.test(full)))
    throw new Refusal('PHONE', `“${part.trim()}”不是有效号码：手机为 11 位、以 1 开头，座机为 0595 加 8 位`, { field: 'phone' })
  return full
}
