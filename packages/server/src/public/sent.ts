import { validate as isUuid } from 'uuid'
import { readPhone } from '../shared/phone.js'
import { Refusal } from '../shared/refusal.js'
import type { Contact } from './seal.js'

/** What the form sends beside its photos, once it has been looked at. */
export interface SentReport {
  key: string
  ticket: string
  work: string
  village: string
  enterprise?: string
  about?: string
  place: string
  content: string
  contact?: Contact
}

const MOST = { about: 80, place: 120, content: 1000, name: 20, phone: 30 }

/** Reads the `facts` of the form; whatever is no form of ours is refused as one, what a person can put right in his words. */
export function readSent(raw: unknown): SentReport {
  const facts = parsed(raw)
  const said = (name: string): string => (typeof facts[name] === 'string' ? facts[name].replace(/\p{Cc}(?<!\n)/gu, ' ').trim() : '')
  // A field that no person sees: only a program fills it in.
  if (said('website')) throw broken()
  const key = said('key')
  if (!isUuid(key)) throw broken()
  const fits = (name: keyof typeof MOST, label: string): string => {
    const value = said(name)
    if (value.length > MOST[name]) throw new Refusal('TOO_LONG', `${label}最多 ${MOST[name]} 个字`, { field: name })
    return value
  }
  const needs = (name: keyof typeof MOST, label: string): string => {
    const value = fits(name, label)
    if (!value) throw new Refusal('MISSING', `请填写${label}`, { field: name })
    return value
  }
  const content = needs('content', '看到的情况')
  const village = said('village')
  if (!village) throw new Refusal('MISSING', '请选择所在的村', { field: 'village' })
  const about = fits('about', '单位或场所名称')
  const name = fits('name', '称呼')
  const phone = readPhone(fits('phone', '电话'), 1)
  const enterprise = said('enterprise')
  return {
    ...{ key, ticket: said('ticket').slice(0, 80), work: said('work').slice(0, 20), village, content, place: needs('place', '地点') },
    ...(isUuid(enterprise) ? { enterprise } : {}),
    ...(about ? { about } : {}),
    ...(name || phone ? { contact: { name, phone: phone ?? '' } } : {}),
  }
}

function parsed(raw: unknown): Record<string, unknown> {
  try {
    const facts: unknown = JSON.parse(String(raw))
    if (facts && typeof facts === 'object' && !Array.isArray(facts)) return facts as Record<string, unknown>
  } catch {
    // No JSON, or longer than any form of ours.
  }
  throw broken()
}
export const broken = () => new Refusal('FORM_BROKEN', '提交的内容不完整，请刷新页面后重新填写')
