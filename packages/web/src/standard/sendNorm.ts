import type { LedgerReport } from '../ledger/VerdictTable.vue'
import { words } from '../shared/words'

async function post<Answer>(url: string, files: readonly File[]): Promise<Answer> {
  const body = new FormData()
  for (const file of files) body.append('file', file, file.name)
  const answer = await fetch(url, { method: 'POST', headers: { 'x-anbiao': 'app' }, body }).catch(() => undefined)
  if (!answer) throw new Error(words.global.t('refusal.NETWORK'))
  const said = (await answer.json().catch(() => ({}))) as Answer & { message?: string }
  if (!answer.ok) throw new Error(said.message ?? words.global.t('refusal.INTERNAL'))
  return said
}

/** Word and PDF files of a draft; tells of each how many characters were read. */
export const sendNormFile = async (norm: string, files: FileList): Promise<{ id: string; name: string; characters: number }[]> =>
  (await post<{ files: { id: string; name: string; characters: number }[] }>(`/norms/${norm}/files`, [...files])).files

/** A sheet of items: for verdicts only, or for good. */
export const sendNormItems = (norm: string, file: File, options: { dryRun: boolean; skipRefused?: boolean; digest?: string }): Promise<LedgerReport> =>
  post(`/norms/${norm}/items?${new URLSearchParams(Object.entries(options).map(([key, value]) => [key, String(value)]))}`, [file])
