import type { SqlEntityManager } from '@mikro-orm/sql'
import { Refusal } from '../shared/refusal.js'
import { Person } from './person.entity.js'

/** A user name for a new account, in lower case. */
export async function freeUsername(em: SqlEntityManager, typed: string): Promise<string> {
  const username = typed.trim().toLowerCase()
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,59}$/u.test(username))
    throw new Refusal('USERNAME', '用户名为 2 至 60 个字母、汉字、数字或 . _ -，以字母、汉字或数字开头', { field: 'username' })
  if (await em.count(Person, { username })) throw new Refusal('USERNAME_TAKEN', '这个用户名已经有人用了', { field: 'username' })
  return username
}
