import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { codeOf, Letters } from '../testing/letters.js'
import { bare, pdfPages, wordLines } from '../testing/papers.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let letters: Letters
beforeAll(async () => {
  town = await openTown()
  letters = new Letters(town)
  await letters.issue('town', 'NOTICE', { lacking: true })
  await letters.issue('town', 'COMMITMENT', { lacking: true })
})
afterAll(async () => {
  await town.close()
  await removeStores()
})
interface Batch {
  id: string
  state: string
  total: number
  done: number
  url: string | null
}
const start = (who: string, format: string, selection: object = { where: {} }) =>
  town.ask(who, 'mutation ($s: LetterSelection!, $f: PaperFormat!) { letterBatchStart(selection: $s, format: $f) { id state total done url } }', {
    ...{ s: selection, f: format },
  })
const look = async (who: string, id: string) =>
  (await town.get<{ letterBatch: Batch }>(who, 'query ($id: ID!) { letterBatch(id: $id) { id state total done url } }', { id })).letterBatch
const done = (who: string, id: string) =>
  vi.waitFor(async () => expect(await look(who, id)).toMatchObject({ state: 'DONE' }), { timeout: 20_000, interval: 50 })

test('many letters become one PDF and one Word file in the background, in the order of issue, for who asked', async () => {
  const made: Buffer[] = []
  for (const format of ['PDF', 'DOCX']) {
    const batch = (await start('town', format)).data!['letterBatchStart'] as Batch
    expect(batch.total).toBe(4)
    await done('town', batch.id)
    const { url } = await look('town', batch.id)
    made.push((await letters.file('town', url!)).body)
    expect((await letters.file('industry', url!)).status).toBe(404)
    expect(await town.code('industry', 'query ($id: ID!) { letterBatch(id: $id) { id } }', { id: batch.id })).toBe('NOT_FOUND')
  }
  const pages = await pdfPages(made[0]!)
  const said = bare(wordLines(made[1]!))
  expect(bare(pages)).toBe(said)
  const { letters: all } = await town.get<{ letters: { nodes: { number: string }[] } }>(
    'town',
    '{ letters(orderBy: [{ field: createdAt }]) { nodes { number } } }',
  )
  for (const { number } of all.nodes) expect(said).toContain(number)
})

test('a batch holds what lies in the asker’s scope and nothing more', async () => {
  const { letters: all } = await town.get<{ letters: { nodes: { id: string }[] } }>('town', '{ letters { nodes { id } } }')
  const batch = (await start('ent.tea', 'PDF', { ids: all.nodes.map(({ id }) => id) })).data!['letterBatchStart'] as Batch
  expect(batch.total).toBe(2)
  await done('ent.tea', batch.id)
  expect(bare(await pdfPages((await letters.file('ent.tea', (await look('ent.tea', batch.id)).url!)).body))).not.toContain('金东样本客栈')
  expect(codeOf(await start('far', 'PDF', { ids: [] }).catch(() => start('town.far', 'PDF', { ids: [] })))).toBe('NOTHING_SELECTED')
})

test('a cancelled batch stays cancelled and gives no file', async () => {
  const batch = (await start('town', 'PDF')).data!['letterBatchStart'] as Batch
  const { letterBatchCancel } = await town.get<{ letterBatchCancel: Batch }>('town', 'mutation ($id: ID!) { letterBatchCancel(id: $id) { id state url } }', {
    id: batch.id,
  })
  // Four letters may be printed before the cancel is heard; then they are done.
  if (letterBatchCancel.state === 'DONE') return
  expect(letterBatchCancel.state).toBe('CANCELLED')
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await look('town', batch.id)).toMatchObject({ state: 'CANCELLED', url: null })
  expect((await letters.file('town', `/letters/batches/${batch.id}`)).status).toBe(404)
})
