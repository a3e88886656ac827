import type { SqlEntityManager } from '@mikro-orm/sql'
import { insertRows } from '../shared/insertRows.js'
import { run } from '../shared/run.js'
import { flat, pairs, snippet, timesIn, wordsOf, type Part } from './flatText.js'

/** The longest piece that is searched in; a book beyond it is found by its first part. */
const LONGEST = 400_000

/** Keeps one piece of a norm's text, its own words or a file's, in place of what was kept before. */
export async function keepText(em: SqlEntityManager, norm: string, source: string, name: string, said: string): Promise<void> {
  await forgetText(em, norm, source)
  const text = flat(said.slice(0, LONGEST))
  if (!text) return
  await insertRows(em, 'norm_text', ['norm', 'source', 'name', 'text'], [{ norm, source, name, text }])
  await insertRows(
    em,
    'norm_gram',
    ['gram', 'norm', 'source'],
    [...pairs(text)].map((gram) => ({ gram, norm, source })),
  )
}

export async function forgetText(em: SqlEntityManager, norm: string, source?: string): Promise<void> {
  for (const table of ['norm_gram', 'norm_text'])
    await run(em, `delete from ${table} where norm = ?${source === undefined ? '' : ' and source = ?'}`, source === undefined ? [norm] : [norm, source])
}

export interface Hit {
  norm: string
  name: string
  parts: Part[]
  hits: number
}

/** The pieces of text in which the words stand, of norms in which all of them stand, those with the most first. Whose norms, the caller decides. */
export async function findText(em: SqlEntityManager, query: string): Promise<Hit[]> {
  const words = wordsOf(query)
  if (!words.length) return []
  let norms: Set<string> | undefined
  for (const word of words) {
    const found = new Set(await normsWith(em, word))
    norms = norms ? new Set([...norms].filter((norm) => found.has(norm))) : found
  }
  if (!norms?.size) return []
  const marks = [...norms].map(() => '?').join(', ')
  const pieces = await run<{ norm: string; name: string; text: string }>(
    em,
    `select norm, name, text from norm_text where norm in (${marks}) order by norm, source`,
    [...norms],
  )
  const said = Map.groupBy(pieces, (piece) => piece.norm)
  return [...said]
    .filter(([, own]) => words.every((word) => own.some(({ text }) => text.includes(word))))
    .map(([norm, own]) => {
      const counted = own.map((piece) => ({ ...piece, hits: words.reduce((sum, word) => sum + timesIn(piece.text, word), 0) }))
      const best = counted.reduce((a, b) => (b.hits > a.hits ? b : a))
      return { norm, name: best.name, parts: snippet(best.text, words), hits: counted.reduce((sum, { hits }) => sum + hits, 0) }
    })
    .sort((a, b) => b.hits - a.hits || (a.norm < b.norm ? -1 : 1))
}

async function normsWith(em: SqlEntityManager, word: string): Promise<string[]> {
  const grams = [...pairs(word)]
  if (!grams.length)
    return (await run<{ norm: string }>(em, `select distinct norm from norm_text where text like ? escape '\\'`, [`%${word.replace(/[\\%_]/g, '\\$&')}%`])).map(
      ({ norm }) => norm,
    )
  const rows = await run<{ norm: string }>(
    em,
    `select distinct norm from (select norm, source from norm_gram where gram in (${grams.map(() => '?').join(', ')}) group by norm, source having count(*) = ?) g`,
    [...grams, grams.length],
  )
  return rows.map(({ norm }) => norm)
}
