import { words } from '../shared/words'
import type { Draft } from './draft'

export interface Refused {
  code: string
  message: string
  field?: string
}

/** Everything in one request, the facts first; sent again under the same key it is answered with the same receipt. */
export async function sendReport(draft: Draft, more: { ticket: string; work: string; enterprise?: string }): Promise<{ receipt: string } | Refused> {
  const { photos, ...facts } = draft
  const form = new FormData()
  form.append('facts', JSON.stringify({ ...facts, ...more }))
  photos.forEach((photo, i) => form.append('photo', photo, `${i + 1}.jpg`))
  try {
    const answer = await fetch('/reports', { method: 'POST', body: form, headers: { 'x-anbiao': 'app' } })
    const said = (await answer.json()) as { receipt?: string } & Refused
    if (said.receipt) return { receipt: said.receipt }
    const { te, t, locale } = words.global
    const key = `code.${said.code}`
    return { ...said, message: locale.value !== 'zh' && te(key) ? t(key) : said.message }
  } catch {
    const code = navigator.onLine ? 'NETWORK' : 'OFFLINE'
    return { code, message: words.global.t(`refusal.${code}`) }
  }
}
