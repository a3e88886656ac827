import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { secretOf } from '../shared/secret.entity.js'

export interface Contact {
  name: string
  phone: string
}
const keyOf = (secret: string) => createHash('sha256').update(`contact ${secret}`).digest()

/** AES-256-GCM: whoever browses the tables, reads a dump of one or an export sees nothing. */
export function seal(secret: string, contact: Contact): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv)
  const text = Buffer.concat([cipher.update(JSON.stringify(contact), 'utf8'), cipher.final()])
  return [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.')
}

export function unseal(secret: string, sealed: string): Contact {
  const [iv, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), iv!)
  decipher.setAuthTag(tag!)
  return JSON.parse(Buffer.concat([decipher.update(text!), decipher.final()]).toString('utf8')) as Contact
}

export const publicSecret = (em: SqlEntityManager): Promise<string> => secretOf(em, 'public-report')

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The receipt number of what was sent under a device's key: 80 bits that nobody can guess, the same whenever the same
 * draft is sent again, so that a second sending is answered with the first.
 */
export function receiptOf(secret: string, key: string): string {
  const bits = createHmac('sha256', secret).update(`receipt ${key.toLowerCase()}`).digest()
  const letters = Array.from({ length: 16 }, (_, i) => {
    const at = i * 5
    const pair = (bits[at >> 3]! << 8) | bits[(at >> 3) + 1]!
    return LETTERS[(pair >> (11 - (at & 7))) & 31]!
  }).join('')
  return letters.replace(/(.{4})(?!$)/g, '$1-')
}

/** As people type it: without dashes, in small letters, O for 0, I or L for 1. */
export const receiptHash = (typed: string): string =>
  createHash('sha256')
    .update(
      typed
        .toUpperCase()
        .replace(/O/g, '0')
        .replace(/[IL]/g, '1')
        .replace(/[^0-9A-Z]/g, '')
        .slice(0, 40),
    )
    .digest('hex')
