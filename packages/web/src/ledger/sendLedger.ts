import { words } from '../shared/words'
import type { LedgerKind, LedgerReport, Progress } from './report'

type Line = { progress: Progress } | { report: LedgerReport } | { refusal: { code: string; message: string } }

export class LedgerRefused extends Error {}

interface Options {
  dryRun: boolean
  skipRefused?: boolean
  digest?: string
  sheet?: string | undefined
}

/** Sends the file for a preview or for good; the server tells how far it is, line by line, and last its verdict. */
export function sendLedger(
  kind: LedgerKind,
  file: File,
  { dryRun, skipRefused = false, digest, sheet }: Options,
  progress: (at: Progress) => void,
): Promise<LedgerReport> {
  const query = new URLSearchParams({ dryRun: String(dryRun), skipRefused: String(skipRefused), ...(digest ? { digest } : {}), ...(sheet ? { sheet } : {}) })
  const request = new XMLHttpRequest()
  request.open('POST', `/ledger/${kind}?${query}`)
  request.setRequestHeader('x-anbiao', 'app')
  request.setRequestHeader('accept', 'application/x-ndjson')
  request.upload.onprogress = ({ loaded, total }) => progress({ phase: 'SENDING', done: loaded, total })
  let read = 0
  request.onprogress = () => {
    const end = request.responseText.lastIndexOf('\n')
    for (const line of linesOf(request.responseText.slice(read, end))) if ('progress' in line) progress(line.progress)
    read = Math.max(read, end)
  }
  return new Promise((done, failed) => {
    request.onload = () => {
      const last = linesOf(request.responseText).at(-1)
      if (last && 'report' in last) done(last.report)
      else failed(new LedgerRefused(refusalOf(last)))
    }
    request.onerror = () => failed(new LedgerRefused(words.global.t('refusal.NETWORK')))
    request.send(formOf(file))
  })
}

/** The refused rows as a file, with the reason beside each; the browser keeps it like any download. */
export async function downloadRefused(kind: LedgerKind, file: File, sheet: string): Promise<void> {
  const answer = await fetch(`/ledger/${kind}/refused?${new URLSearchParams({ sheet })}`, {
    method: 'POST',
    headers: { 'x-anbiao': 'app' },
    body: formOf(file),
  })
  if (!answer.ok) throw new LedgerRefused(refusalOf(await answer.json()))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = `${words.global.t('ledger.refusedFile')}-${file.name}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  return form
}

function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line.trim() ? [JSON.parse(line) as Line] : []
    } catch {
      return [] // a line that is still on its way
    }
  })
}

function refusalOf(answer: unknown): string {
  const refusal = (answer as { refusal?: { message?: string }; message?: string } | undefined) ?? {}
  return refusal.refusal?.message ?? refusal.message ?? words.global.t('refusal.INTERNAL')
}
