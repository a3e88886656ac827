import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Begun } from './provider.js'

/** What is remembered between leaving for the provider and coming back: in the browser, so that any process may finish. */
export interface Remembered extends Begun {
  to: string
  until: number
}

const CIPHER = 'aes-256-gcm'
const keyOf = (secret: string) => createHash('sha256').update(secret).digest()

export function seal(remembered: Remembered, secret: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv(CIPHER, keyOf(secret), iv)
  const text = Buffer.concat([cipher.update(JSON.stringify(remembered), 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
}

/** Undefined when it is not ours, was changed, or is too old. */
export function unseal(sealed: string | undefined, secret: string, now: Date): Remembered | undefined {
  const bytes = Buffer.from(sealed ?? '', 'base64url')
  if (bytes.length < 29) return undefined
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28))
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    const remembered = JSON.parse(text) as Remembered
    return remembered.until > now.getTime() ? remembered : undefined
  } catch {
    return undefined
  }
}
