import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../shared/refusal.js'

/** argon2id (the package's own default kind) with OWASP's first choice of costs. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** The password of nobody: compared when the account is unknown, so that the answer takes as long. */
const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`
const SHORTEST = 8
const LONGEST = 64

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

export async function isPassword(hashed: string | undefined, password: string): Promise<boolean> {
  const right = await verify(hashed ?? NOBODY, password.slice(0, LONGEST + 1))
  return right && hashed !== undefined
}

/** What somebody chose as a password, before it is hashed. */
export function checkPassword(password: string, username: string): void {
  const refuse = (why: string) => new Refusal('PASSWORD_WEAK', why, { field: 'next' })
  if (password.length < SHORTEST) throw refuse(`新密码至少 ${SHORTEST} 位`)
  if (password.length > LONGEST) throw refuse(`新密码最多 ${LONGEST} 位`)
  if (!/\p{L}/u.test(password) || !/\d/.test(password)) throw refuse('新密码须同时有字母和数字')
  if (password.toLowerCase().includes(username.toLowerCase())) throw refuse('新密码里不能有用户名')
}

/** Read out over the phone without a mistake: no 0 O o, 1 l I. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz'
const DIGITS = '23456789'

/** A password to sign in with once, ten characters such as `kq4w-7mh2-pz`. */
export function oncePassword(): string {
  const pick = (from: string) => from[randomInt(from.length)]!
  const drawn = Array.from({ length: 8 }, () => pick(LETTERS + DIGITS))
  // Has a letter and a digit whatever was drawn, as every password must.
  const ten = [...drawn, pick(LETTERS), pick(DIGITS)].join('')
  return `${ten.slice(0, 4)}-${ten.slice(4, 8)}-${ten.slice(8)}`
}
