import { createHash, randomBytes } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { act, type Acting } from '../../shared/act.js'
import { instant } from '../../shared/days.js'
import { readPhone } from '../../shared/phone.js'
import { Refusal } from '../../shared/refusal.js'
import { hashPassword } from '../password.js'
import { AccountRole, Person, type PersonFacts } from '../person.entity.js'
import { describe } from '../place.js'
import { freeUsername } from '../username.js'
import { everUnbound } from './everUnbound.js'
import type { Claims } from './provider.js'
import { everReleased } from './releasedIdentity.entity.js'
import type { External, Provision } from './settings.js'

/**
 * Whose account this is. Once somebody has come, the provider's own lasting identifier (`sub`) is what counts: names and phones
 * change hands there, and whoever gets an old one must not get its account.
 */
export async function accountFor(acting: Acting, settings: External, claims: Claims): Promise<Person> {
  const known = await acting.em.findOne(Person, { externalSubject: claims.sub })
  if (known) return welcome(known)
  // One that was made for him and unbound since is his still: no second one is made.
  const matched = (await matchedBy(acting.em, settings.match, claims)) ?? (await acting.em.findOne(Person, { username: madeUp(claims.sub) }))
  if (matched) return link(acting, matched, claims.sub)
  // Who was taken off an account and is called otherwise by now is known to the office: it binds him, no rule makes him anew.
  if (!settings.provision || (await everReleased(acting.em, claims.sub))) throw unknown()
  return provision(acting, settings, settings.provision, claims)
}

function welcome(person: Person): Person {
  if (person.disabledAt) throw new Refusal('OIDC_DISABLED', '您的账号已停用，请联系管理员')
  if (person.role === AccountRole.ADMIN) throw new Refusal('OIDC_ADMIN', '管理员请用本系统的用户名和密码登录')
  return person
}

async function matchedBy(em: SqlEntityManager, { claim, by }: External['match'], claims: Claims): Promise<Person | undefined> {
  const said = wordOf(claims, claim)
  // Only whom the admin has bound by `sub`, and he has been looked for.
  if (by === 'subject') return undefined
  if (!said) throw new Refusal('OIDC_INCOMPLETE', '统一身份认证没有给出对应账号所需的信息，请联系管理员')
  if (by === 'username') return (await em.findOne(Person, { username: said.toLowerCase() })) ?? undefined
  if (claims[`${claim}_verified`] === false) throw new Refusal('OIDC_INCOMPLETE', '统一身份认证没有核实过您的手机号，请联系管理员')
  const own = await em.find(Person, { phone: readPhone(said, 1)! }, { limit: 20 })
  const found = own.filter(({ disabledAt }) => !disabledAt)
  if (found.length > 1) throw new Refusal('OIDC_AMBIGUOUS', '有不止一个账号用这个手机号，请联系管理员')
  // Who has been shut out does not come back as somebody new.
  return found[0] ?? own[0]
}

async function link(acting: Acting, person: Person, subject: string): Promise<Person> {
  if (person.externalSubject && person.externalSubject !== subject) throw new Refusal('OIDC_TAKEN', '这个账号已经与另一个统一身份绑定，请联系管理员')
  welcome(person)
  if (person.externalSubject) return person
  return act(acting, 'accountLink', async ({ em }) => {
    const own = await em.findOneOrFail(Person, person.id)
    if (await everUnbound(em, own)) throw unknown()
    own.externalSubject = subject
    return own
  })
}

/** As a stranger is told: it must not be learnt from it which accounts there are. */
const unknown = () => new Refusal('OIDC_UNKNOWN', '统一身份认证已通过，但没有绑定到本系统的账号（没有绑过，或绑定已解除），请用密码登录后绑定，或联系管理员')

async function provision(acting: Acting, settings: External, rule: Provision, claims: Claims): Promise<Person> {
  const role = wordsOf(claims, rule.roleClaim).flatMap((word) => rule.roles.get(word) ?? [])[0]
  if (!role) throw new Refusal('OIDC_UNKNOWN', '您在统一身份认证里的身份不能使用本系统，请联系管理员')
  const facts = { role, name: wordOf(claims, rule.nameClaim) ?? '', division: wordOf(claims, rule.divisionClaim) ?? '' } as PersonFacts
  const station = wordOf(claims, rule.stationClaim)
  if (station) facts.station = station
  // Nobody knows it: this account is entered from outside until an admin resets its password.
  const passwordHash = await hashPassword(randomBytes(32).toString('base64url'))
  return act(acting, 'accountProvision', async ({ em }) => {
    const person = new Person()
    person.username = await freeUsername(em, settings.match.by === 'username' ? (wordOf(claims, settings.match.claim) ?? '') : madeUp(claims.sub))
    await describe(em, person, facts)
    Object.assign(person, { externalSubject: claims.sub, passwordHash, mustChangePassword: false, createdAt: instant(acting.now) })
    em.persist(person)
    return person
  })
}

const madeUp = (subject: string) => `sso-${createHash('sha256').update(subject).digest('hex').slice(0, 10)}`

/** A claim is a word, or several. */
const wordsOf = (claims: Claims, name: string): string[] => [claims[name]].flat().flatMap((one) => (typeof one === 'string' && one.trim() ? [one.trim()] : []))
const wordOf = (claims: Claims, name: string): string | undefined => wordsOf(claims, name)[0]
