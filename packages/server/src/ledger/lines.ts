import { PassThrough, type Readable } from 'node:stream'
import { Refusal } from '../shared/refusal.js'
import type { Progress } from './importLedger.js'
import type { LedgerReport } from './report.js'

/** Long work told as it goes: a line for each step, and what came of it as the last one. */
export function linesOf(work: (say: (progress: Progress) => void) => Promise<LedgerReport>, unexpected: (error: unknown) => void): Readable {
  const lines = new PassThrough()
  const tell = (line: object) => void (lines.destroyed || lines.write(`${JSON.stringify(line)}\n`))
  const done = (last: object) => {
    tell(last)
    lines.end()
  }
  work((progress) => tell({ progress })).then(
    (report) => done({ report }),
    (error: unknown) => {
      if (error instanceof Refusal) return done({ refusal: { code: error.code, message: error.message, ...error.params } })
      unexpected(error)
      done({ refusal: { code: 'INTERNAL', message: '服务器出错了，请稍后再试' } })
    },
  )
  return lines
}
