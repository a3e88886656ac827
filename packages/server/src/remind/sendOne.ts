import type { SqlEntityManager } from '@mikro-orm/sql'
import { run } from '../shared/run.js'
import type { HookStyle } from './hook.entity.js'
import { sendMail } from './mail.js'
import type { Said } from './message.js'
import { theOutside } from './outside.js'
import { post } from './post.js'
import { unseal } from './seal.js'
import { outgoing, refusedBy } from './styles.js'

/** What came of one try; `said` never holds anything of the message or of its receiver. */
export interface Outcome {
  ok: boolean
  /** Never to be tried again. */
  over?: boolean
  status?: number | undefined
  said: string
  ms: number
}

/** One try of one message, to a hook or to a person's mailbox. */
export async function sendOne(
  em: SqlEntityManager,
  id: string,
  to: { hook_id?: string | null; person?: string | null },
  said: Said,
  now: Date,
): Promise<Outcome> {
  const began = performance.now()
  const outcome = await (to.hook_id ? toHook(em, id, to.hook_id, said, now) : toPerson(em, to.person ?? '', said)).catch(
    (error: unknown): Omit<Outcome, 'ms'> => ({ ok: false, said: failureOf(error) }),
  )
  return { ...outcome, ms: Math.round(performance.now() - began) }
}

async function toHook(em: SqlEntityManager, id: string, hook: string, said: Said, now: Date): Promise<Omit<Outcome, 'ms'>> {
  const [row] = await run<{ style: HookStyle; target: string; key: string | null }>(em, 'select style, target, key from hook where id = ?', [hook])
  if (!row) return { ok: false, over: true, said: '外部通知已移除' }
  const url = new URL(await unseal(em, row.target))
  const secret = row.key ? await unseal(em, row.key) : undefined
  const outside = theOutside()
  const { status, answer } = await post(outgoing(row.style, { url, secret, said, id, now, publicUrl: outside.publicUrl }), outside)
  if (status < 200 || status > 299) return { ok: false, status, said: status >= 300 && status < 400 ? '对方要求转到别处，未跟随' : '对方没有接受' }
  const refused = refusedBy(row.style, answer)
  return { ok: !refused, status, said: refused ?? '已送达' }
}

async function toPerson(em: SqlEntityManager, person: string, said: Said): Promise<Omit<Outcome, 'ms'>> {
  const [row] = await run<{ address: string | null }>(
    em,
    'select c.address as address from reminder_choice c join person p on p.id = c.person where c.person = ? and c.mail and c.address is not null and p.disabled_at is null',
    [person],
  )
  if (!row?.address) return { ok: false, over: true, said: '本人已不收邮件' }
  await sendMail(row.address, said)
  return { ok: true, said: '已送达' }
}

/** The kind of failure; a library's sentence may quote the address. */
const failureOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown }
  const known: Record<string, string> = {
    ENOTFOUND: '找不到主机',
    ECONNREFUSED: '对方拒绝连接',
    ECONNRESET: '连接中断',
    TimeoutError: '对方没有答复',
    AbortError: '对方没有答复',
  }
  if (error instanceof Error && error.message === '内网地址') return '内网地址，不予连接'
  return known[String(code)] ?? known[String(name)] ?? `没有发成（${String(code ?? name).slice(0, 40)}）`
}
