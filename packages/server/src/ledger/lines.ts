import { PassThrough, type Readable } from 'node:stream'
import { UNEXPECTED } from '../shared/answerRefusal.js'
import { Refusal } from '../shared/refusal.js'
import { cutOff } from '../shared/trouble.js'
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
    (thrown: unknown) => {
      const error = cutOff(thrown)
      if (error instanceof Refusal) {
        if (error.cause) unexpected(error.cause)
        return done({ refusal: { code: error.code, message: error.message, ...error.params } })
      }
      unexpected(error)
      done({ refusal: UNEXPECTED })
    },
  )
  return lines
}
