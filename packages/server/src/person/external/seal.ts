import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Begun } from './provider.js'

/** Whose account is to be bound, and in which of his sessions he said so. */
export interface Binding {
  person: string
  session: string
  until: number
}

/** What is remembered between leaving for the provider and coming back: in the browser, so that any process may finish. */
export interface Remembered extends Begun {
  to: string
  bind?: Binding
}

/** What a sealed word may hold: it serves the purpose it was sealed for and no other. */
interface Words {
  way: Remembered
  bind: Binding
}
type Timed<T> = T & { until: number }

const CIPHER = 'aes-256-gcm'
const keyOf = (secret: string) => createHash('sha256').update(secret).digest()

export function seal<Purpose extends keyof Words>(purpose: Purpose, word: Timed<Words[Purpose]>, secret: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv(CIPHER, keyOf(secret), iv).setAAD(Buffer.from(purpose))
  const text = Buffer.concat([cipher.update(JSON.stringify(word), 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
}

/** Undefined when it is not ours, was sealed for something else, was changed, or is too old. */
export function unseal<Purpose extends keyof Words>(purpose: Purpose, sealed: string | undefined, secret: string, now: Date): Words[Purpose] | undefined {
  const bytes = Buffer.from(sealed ?? '', 'base64url')
  if (bytes.length < 29) return undefined
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28)).setAAD(Buffer.from(purpose))
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    const word = JSON.parse(text) as Timed<Words[Purpose]>
    return word.until > now.getTime() ? word : undefined
  } catch {
    return undefined
  }
}
