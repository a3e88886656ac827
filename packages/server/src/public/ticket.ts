import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../shared/refusal.js'
import type { PublicRules } from './rules.js'

const HOURS = 3
const signed = (secret: string, said: string) => createHmac('sha256', secret).update(`ticket ${said}`).digest('base64url').slice(0, 22)

/** What the form gets when it is opened: when that was, signed, so that a program cannot send without having waited. */
export function newTicket(secret: string, now: Date): string {
  const said = `${now.getTime().toString(36)}.${randomBytes(6).toString('base64url')}`
  return `${said}.${signed(secret, said)}`
}

/** The browser has looked for a number that makes this hash begin with so many zero bits; one search for each draft. */
export function isSolved(ticket: string, key: string, work: string, bits: number): boolean {
  const hash = createHash('sha256').update(`${ticket}|${key}|${work}`).digest()
  return hash.readUInt32BE(0) >>> (32 - bits) === 0 || bits === 0
}

/** Refuses what no person at a form has sent: without, before or long after its ticket, or without the work done. */
export function needTicket(secret: string, { ticket, key, work }: { ticket: string; key: string; work: string }, now: Date, rules: PublicRules): void {
  const [time = '', nonce = '', mark = ''] = ticket.split('.')
  const right = Buffer.from(signed(secret, `${time}.${nonce}`))
  const given = Buffer.from(mark)
  const age = now.getTime() - parseInt(time, 36)
  if (given.length !== right.length || !timingSafeEqual(given, right) || age > HOURS * 3_600_000 || age < 0) throw stale()
  if (age < rules.fillSeconds * 1000) throw new Refusal('TOO_FAST', '提交得太快了，请核对一下内容，几秒后再提交')
  if (!isSolved(ticket, key, work, rules.puzzleBits)) throw stale()
}
const stale = () => new Refusal('FORM_STALE', '页面打开太久或没有打开完整，请再点一次提交；填写的内容都还在')
