import { setTimeout as pause } from 'node:timers/promises'

interface Source<Row> {
  rows: AsyncGenerator<Row, void, undefined>
  when(row: Row): boolean
}

const GATHER_MS = 150

/** Tells that something happened in any of several streams; what happens while nobody asks, or in one breath, is told once. */
export function merged<Row>(sources: readonly Source<Row>[], signal: AbortSignal): { next(): Promise<boolean> } {
  let pending = false
  let running = sources.length
  let wake: (() => void) | undefined
  const tell = () => {
    pending = true
    wake?.()
  }
  let failed: unknown
  for (const { rows, when } of sources)
    void (async () => {
      for await (const row of rows) if (when(row)) tell()
    })()
      .catch((error: unknown) => (failed = error))
      .finally(() => {
        running--
        wake?.()
      })
  const stop = () => wake?.()
  signal.addEventListener('abort', stop, { once: true })
  return {
    async next() {
      while (!pending && running === sources.length && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve))
      if (failed) throw failed as Error
      if (signal.aborted || running < sources.length) return false
      await pause(GATHER_MS)
      pending = false
      return true
    },
  }
}
