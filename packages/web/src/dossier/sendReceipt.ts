import { words } from '../shared/words'

export interface ReceiptReport {
  lines: number
  accepted: number
  refused: number
  unclear: number
  unknown: number
  unanswered: number
  rows: { line: number; key: string; outcome: 'ACCEPTED' | 'REFUSED' | 'UNCLEAR' | 'UNKNOWN'; words: string }[]
}

/** Sends the platform's receipt; a refusal comes in the server's words. */
export async function sendReceipt(pack: string, file: File): Promise<ReceiptReport> {
  const form = new FormData()
  form.append('file', file, file.name)
  const answer = await fetch(`/dossier/packs/${pack}/receipt`, { method: 'POST', body: form, headers: { 'x-anbiao': 'app' } }).catch(() => undefined)
  if (!answer) throw new Error(words.global.t('refusal.NETWORK'))
  const said = (await answer.json().catch(() => undefined)) as (ReceiptReport & { message?: string }) | undefined
  if (!answer.ok || !said) throw new Error(said?.message ?? words.global.t('refusal.INTERNAL'))
  return said
}
