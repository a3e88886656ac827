import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { secretOf } from '../shared/secret.entity.js'

const IV = 12
const TAG = 16
const keyOf = async (em: SqlEntityManager) => Buffer.from(await secretOf(em, 'hooks'), 'base64url')

/** Sealed with the store's own key, so that no export, no question and no glance at a table shows it. */
export async function seal(em: SqlEntityManager, text: string): Promise<string> {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', await keyOf(em), iv)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

export async function unseal(em: SqlEntityManager, sealed: string): Promise<string> {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', await keyOf(em), bytes.subarray(0, IV))
  decipher.setAuthTag(bytes.subarray(IV, IV + TAG))
  return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8')
}
