import type { SqlEntityManager } from '@mikro-orm/sql'
import { Readable } from 'node:stream'
import type { Actor } from '../shared/context.js'
import { linkedId } from '../shared/datum.js'
import type { Reader } from '../shared/read/reader.js'
import { run } from '../shared/run.js'
import { inScope } from '../shared/scope.js'
import { Question } from './question.entity.js'
import { QuestionResult } from './questionResult.entity.js'
import { sees } from './visible.js'

const PART_BYTES = 384 * 1024

/** The results of a question, newest first: the owner's own, and to others those whose whole territory they oversee. */
export async function resultsFor(em: SqlEntityManager, actor: Actor, question: Question): Promise<QuestionResult[]> {
  const results = await em.find(QuestionResult, { question: question.id }, { orderBy: { month: 'desc' } })
  return results.filter((result) => maySee(actor, question, result))
}

export async function resultFor(em: SqlEntityManager, actor: Actor, id: string): Promise<{ question: Question; result: QuestionResult } | undefined> {
  const result = await em.findOne(QuestionResult, { id })
  const question = result && (await em.findOne(Question, { id: linkedId(result.question)! }))
  return result?.ranAt && question && maySee(actor, question, result) ? { question, result } : undefined
}

const maySee = (actor: Actor, question: Question, { division, station }: QuestionResult): boolean =>
  question.owner === actor.id || (sees(actor, question) && inScope(actor.scope, { division, ...(station ? { station } : {}) }))

/** Keeps a file piece by piece; tells how many bytes it has. */
export async function keepParts(em: SqlEntityManager, result: string, at: string, file: Readable): Promise<number> {
  await dropParts(em, [result])
  let number = 0
  let bytes = 0
  let waiting: Buffer[] = []
  let size = 0
  const write = async () => {
    const body = Buffer.concat(waiting).toString('base64')
    await run(em, 'insert into question_part (result, number, created_at, body) values (?, ?, ?, ?)', [result, number++, at, body])
    waiting = []
    size = 0
  }
  for await (const chunk of file) {
    const piece = Buffer.from(chunk as Uint8Array)
    waiting.push(piece)
    size += piece.length
    bytes += piece.length
    if (size >= PART_BYTES) await write()
  }
  if (size) await write()
  return bytes
}

export function partsOf(reader: Reader, result: string): Readable {
  async function* parts(): AsyncGenerator<Buffer> {
    for (let number = 0; ; number++) {
      const [row] = await reader.all('select body from question_part where result = ? and number = ?', [result, number])
      if (!row) return
      yield Buffer.from(String(row['body']), 'base64')
    }
  }
  return Readable.from(parts(), { objectMode: false })
}

export async function dropParts(em: SqlEntityManager, results: readonly string[]): Promise<void> {
  for (const result of results) await run(em, 'delete from question_part where result = ?', [result])
}
