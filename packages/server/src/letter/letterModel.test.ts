import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, type LetterRow, Letters } from '../testing/letters.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let letters: Letters
beforeAll(async () => {
  town = await openTown()
  letters = new Letters(town)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

const WHO: Record<number, string> = { 1: 'ent.tea', 2: 'industry', 3: 'industry', 4: 'town' }
interface Model {
  /** The letter in force, its receipts, whether its receipt is signed. */
  live: { id: string; serial: number; signed: boolean; received: Set<number> } | undefined
  void: string[]
  serials: number[]
}

const step = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: 'issue' as const }) },
  { weight: 3, arbitrary: fc.constant({ do: 'deliver' as const }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('receive' as const), no: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), no: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'void' as const }) },
)

test('whatever is done in whatever order, a letter is complete iff its receipt is signed and its four copies have theirs, none of them withdrawn; numbers are never reused, words never change', async () => {
  const model: Model = { live: undefined, void: [], serials: [] }
  const words = new Map<string, string>()
  const run = async (one: { do: string; no?: number }): Promise<void> => {
    const { live } = model
    if (one.do === 'issue') {
      const { data } = await letters.issue('industry', 'NOTICE', { ids: [town.enterprises['tea']!] })
      const made = (data!['lettersIssue'] as { letters: string[] }).letters
      expect(made).toHaveLength(live ? 0 : 1)
      if (!made[0]) return
      const letter = await letters.look('town', made[0])
      expect(model.serials).not.toContain(letter.serial)
      model.serials.push(letter.serial)
      words.set(letter.id, letter.content + letter.sha256 + letter.number)
      model.live = { id: letter.id, serial: letter.serial, signed: false, received: new Set() }
      return
    }
    const target = live ?? (model.void.length ? { id: model.void[0]!, signed: false, received: new Set<number>() } : undefined)
    if (!target) return
    const allowed = !!live
    if (one.do === 'deliver') {
      const code = codeOf(await letters.deliver('industry', target, 'PRINCIPAL', 'tea乙'))
      expect(code).toBe(allowed && !target.signed ? undefined : 'WRONG_STAGE')
      if (!code) target.signed = true
    } else if (one.do === 'receive') {
      const code = codeOf(await letters.receive(WHO[one.no!]!, target, one.no!))
      const whole = target.received.size === 4
      expect(!code).toBe(allowed && target.signed && !whole && !target.received.has(one.no!))
      if (!code) target.received.add(one.no!)
    } else if (one.do === 'withdraw') {
      const code = codeOf(await letters.withdraw('industry', target, one.no!))
      expect(!code).toBe(allowed && target.received.has(one.no!))
      if (!code) target.received.delete(one.no!)
    } else if (allowed) {
      expect(codeOf(await letters.void('town', target))).toBeUndefined()
      model.void.push(target.id)
      model.live = undefined
    }
  }
  const holds = async () => {
    for (const id of [...words.keys()]) {
      const letter: LetterRow = await letters.look('town', id)
      expect(letter.content + letter.sha256 + letter.number).toBe(words.get(id))
      const { live } = model
      if (live?.id !== id) expect(letter.stage).toBe('VOID')
      else {
        const receipts = letter.copies.nodes.filter(({ receivedAt }) => receivedAt).map(({ no }) => no)
        expect(receipts.sort()).toEqual([...live.received].sort())
        expect(letter.stage).toBe(live.received.size === 4 ? 'COMPLETE' : live.signed ? 'DELIVERED' : 'ISSUED')
      }
    }
  }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      for (const one of steps) await run(one)
      await holds()
    }),
    { numRuns: 8 },
  )
})
