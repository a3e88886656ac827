import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256Head } from './sha256'
import { solved } from './work'

test('the hash is the one the server computes, whatever the length', () => {
  for (let length = 0; length < 200; length++) {
    const text = new TextEncoder().encode('安全x'.repeat(60).slice(0, length))
    expect(sha256Head(text)).toBe(createHash('sha256').update(text).digest().readUInt32BE(0))
  }
})

test('the number that is found begins the hash with as many zero bits as were asked for', async () => {
  const work = await solved('ticket', 'key', 10)
  expect(createHash('sha256').update(`ticket|key|${work}`).digest().readUInt32BE(0) >>> 22).toBe(0)
  expect(await solved('ticket', 'key', 0)).toBe('0')
})
