import type { SqlEntityManager } from '@mikro-orm/sql'
import { type Acting, act } from '../../shared/act.js'
import type { Context, SignedIn } from '../../shared/context.js'
import { Refusal } from '../../shared/refusal.js'
import { AccountRole, Person } from '../person.entity.js'
import { hasComeBy } from './hasComeBy.js'
import { noteReleased } from './releasedIdentity.entity.js'
import type { Binding } from './seal.js'

/** The longest `sub` there is (OpenID Connect Core 2). */
const LONGEST = 255

/** By the admin, who has the identifier from the provider's own people. */
export async function subjectFor(em: SqlEntityManager, person: Person, typed: string): Promise<string> {
  const refuse = (code: string, sentence: string) => new Refusal(code, sentence, { field: 'subject' })
  if (typed.length > LONGEST) throw refuse('TOO_LONG', '统一身份标识最多 255 个字')
  needNoAdmin(person, 'subject')
  const other = await em.findOne(Person, { externalSubject: typed, id: { $ne: person.id } })
  if (other) throw refuse('OIDC_ELSEWHERE', `这个统一身份已经绑定账号“${other.username}”，请先在那里解除`)
  return typed
}

/** Somebody's own account, to the identity that he has just shown at the provider: only if he is still the one who asked. */
export async function bindOwn(context: Context, em: SqlEntityManager, { person, session, until }: Binding, subject: string): Promise<void> {
  if (!context.actor || context.session !== session || context.actor.id !== person)
    throw new Refusal('OIDC_OTHER', '绑定不是在这次登录中开始的，没有绑定，请重新操作')
  if (until <= context.now.getTime()) throw new Refusal('OIDC_EXPIRED', '等待太久，没有绑定，请重新操作')
  const acting: Acting = { em, actor: (context as SignedIn).actor, now: context.now, request: context.request }
  await act(acting, 'accountLink', async (doing) => {
    const own = await doing.em.findOneOrFail(Person, person)
    needUnbound(own)
    if (await doing.em.findOne(Person, { externalSubject: subject })) throw new Refusal('OIDC_ELSEWHERE', '这个统一身份已经绑定另一个账号，请联系管理员')
    own.externalSubject = subject
  })
}

/** Another identity instead of the bound one, or none. What is only corrected was mistyped: whose that is may never have been here. */
export async function rebind(em: SqlEntityManager, person: Person, next: string | undefined): Promise<void> {
  if (next === person.externalSubject) return
  if (!next || (await hasComeBy(em, person))) await release(em, person)
  if (next) person.externalSubject = next
}

/** Takes the identity off an account, which the log tells; and whose it was does not become somebody new by coming again. */
export async function release(em: SqlEntityManager, person: Person): Promise<void> {
  if (!person.externalSubject) return
  await noteReleased(em, person.externalSubject)
  delete person.externalSubject
}

export function needUnbound(person: Person): void {
  needNoAdmin(person)
  if (person.externalSubject) throw new Refusal('ALREADY', '您的账号已经绑定了统一身份，请先解除')
}

function needNoAdmin({ role }: Person, field?: string): void {
  if (role === AccountRole.ADMIN) throw new Refusal('OIDC_ADMIN', '管理员只用本系统的用户名和密码登录，不绑定统一身份', field ? { field } : {})
}
