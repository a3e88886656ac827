import { setTimeout as pause } from 'node:timers/promises'
import { headOf } from './follow.js'
import type { Reader } from './read/reader.js'
import { watchOf } from './wake.js'

const MOST = 1_000
const AGAIN_MS = 1_000

/** Tells which records of these things an act has touched, as soon as it has committed, in whichever process; from now on. */
export async function touched(reader: Reader, things: readonly string[], tell: (records: ReadonlySet<string>) => void, signal: AbortSignal): Promise<void> {
  const watch = watchOf(reader)
  const sql = `select seq, record from change where thing in (${things.map(() => '?').join()}) and seq > ? order by seq limit ${MOST}`
  let seq: number | undefined
  while (!signal.aborted) {
    const turn = watch.turn()
    try {
      seq ??= await headOf(reader)
      const rows = await reader.all(sql, [...things, seq])
      seq = Number(rows.at(-1)?.['seq'] ?? seq)
      if (rows.length) tell(new Set(rows.map(({ record }) => record as string)))
      if (rows.length < MOST) await watch.grown(turn, signal)
    } catch {
      // The database is away for a moment; the log still has what was missed. One that comes back shorter has lost its end.
      await pause(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined)
      if (seq !== undefined)
        seq = await headOf(reader).then(
          (head) => Math.min(head, seq!),
          () => seq,
        )
    }
  }
}
