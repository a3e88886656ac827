import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from './turns.js'

const limits = { slots: 1, ofOne: 1, waiting: 10, waitMs: 1_000, operations: 4 }

/** Everybody asks at once behind one who runs; gives the order in which they had their turn. */
async function order(turns: Turns, accounts: string[]): Promise<string[]> {
  const first = await turns.take({ account: 'first' })
  const served: string[] = []
  const all = accounts.map(async (account, i) => {
    const done = await turns.take({ account, operation: `${account}${i}` })
    served.push(account)
    await pause(1)
    done()
  })
  first()
  await Promise.all(all)
  return served
}

test('the second heavy statement of one account waits behind the first of the others', async () => {
  expect(await order(new Turns(limits), ['a', 'a', 'a', 'b', 'c', 'b'])).toEqual(['a', 'b', 'c', 'a', 'b', 'a'])
})

test('no account holds every slot: the last is kept for somebody else', async () => {
  const turns = new Turns({ ...limits, slots: 2 })
  const own = await turns.take({ account: 'a' })
  const second = turns.take({ account: 'a' })
  const other = await turns.take({ account: 'b' })
  other()
  own()
  ;(await second)()
})

test('with several slots no account holds all of them while another waits', async () => {
  const turns = new Turns({ ...limits, slots: 2, ofOne: 2 })
  const own = [await turns.take({ account: 'a' }), await turns.take({ account: 'a' })]
  const served: string[] = []
  const wait = (account: string) => turns.take({ account }).then((done) => (served.push(account), done))
  const waiting = [wait('a'), wait('b')]
  own[0]!()
  await pause(1)
  expect(served).toEqual(['b'])
  own[1]!()
  for (const one of await Promise.all(waiting)) one()
})

test('one account has so many operations under way, however many statements each has', async () => {
  const turns = new Turns({ ...limits, slots: 3, ofOne: 3 })
  const ask = (operation: string, account = 'a') => turns.take({ account, operation })
  for (const operation of ['1', '1', '1']) await ask(operation)
  for (const operation of ['1', '2', '3', '4']) ask(operation).catch(() => undefined)
  await expect(ask('5')).rejects.toMatchObject({ code: 'BUSY', params: { retryAfter: expect.any(Number) as number } })
  const other = new AbortController()
  const waits = turns.take({ account: 'b', operation: '5', signal: other.signal })
  other.abort()
  await expect(waits).rejects.toThrow('the reader has left')
})

test('when too many wait, the next is told to come again, and so is who has waited too long', async () => {
  const turns = new Turns({ ...limits, waiting: 2, waitMs: 30 })
  const done = await turns.take({ account: 'a' })
  const waiting = [turns.take({ account: 'b' }), turns.take({ account: 'c' })]
  await expect(turns.take({ account: 'd' })).rejects.toMatchObject({ code: 'BUSY' })
  for (const one of waiting) await expect(one).rejects.toMatchObject({ code: 'BUSY' })
  done()
  done() // twice is once
  const [again] = [await turns.take({ account: 'd' })]
  again()
})
