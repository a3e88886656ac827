import { say } from '../../shared/notices'
import { words } from '../../shared/words'
import type { Asked } from '../asking'

export const KINDS = ['xlsx', 'csv', 'json'] as const
export type ExportKind = (typeof KINDS)[number]

/** What is on the screen as a file, complete and not only the rows in sight. */
export async function download(asked: Asked, kind: ExportKind, { name, table }: { name: string; table: string | undefined }): Promise<void> {
  const list = table?.split('.')[0]
  const part = table?.includes('.groups.') || !table ? {} : { part: 'nodes' }
  const answer = await fetch(`/q.${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-anbiao': '1' },
    body: JSON.stringify({ ...asked, name, ...(list ? { list } : {}), ...part }),
  }).catch(() => undefined)
  if (!answer?.ok) return say.refused(await reasonOf(answer))
  const file = await answer.blob().catch(() => undefined)
  if (!file) return say.refused(words.global.t('refusal.NETWORK'))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = nameOf(answer) ?? `${name}.${kind}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

async function reasonOf(answer: Response | undefined): Promise<string> {
  const { t, te, locale } = words.global
  if (!answer) return t('refusal.NETWORK')
  const said = (await answer.json().catch(() => ({}))) as { code?: string; message?: string }
  const key = `code.${said.code ?? ''}`
  return locale.value !== 'zh' && te(key) ? t(key, said) : (said.message ?? t('refusal.INTERNAL'))
}

const nameOf = (answer: Response): string | undefined => {
  const said = /filename\*=UTF-8''([^;]+)/i.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  return said && decodeURIComponent(said)
}
