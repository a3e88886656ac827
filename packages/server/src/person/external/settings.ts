import { type Settings, WrongSetting } from '../../shared/settings.js'
import { AccountRole } from '../person.entity.js'

export type Match = 'username' | 'phone' | 'subject'

/** 统一身份认证: a county's identity provider, and whom of those it knows we let in as whom. */
export interface External {
  issuer: string
  clientId: string
  clientSecret: string
  /** What the button on the sign-in page says. */
  name: string
  scope: string
  /** Which claim names our account, and by what of it. */
  match: { claim: string; by: Match }
  /** How an account is made for whom we do not know; undefined: not at all. */
  provision: Provision | undefined
}

export interface Provision {
  roles: ReadonlyMap<string, AccountRole>
  roleClaim: string
  divisionClaim: string
  stationClaim: string
  nameClaim: string
}

const MATCHES: readonly string[] = ['username', 'phone', 'subject'] satisfies Match[]
/** Roles that an office has; an admin is made by an admin, and who belongs to an enterprise by its station. */
const OFFICES: readonly string[] = [AccountRole.TOWN_OFFICE, AccountRole.STATION, AccountRole.VILLAGE, AccountRole.COUNTY]

export function externalOf(settings: Settings): External | undefined {
  const issuer = settings.urlGiven('OIDC_ISSUER', ['https:', 'http:'])
  if (!issuer) return undefined
  if (new URL(issuer).protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(issuer).hostname))
    throw new WrongSetting('OIDC_ISSUER', issuer, 'https:// (plain http only on this machine itself)')
  return {
    issuer,
    clientId: settings.needed('OIDC_CLIENT_ID', 'OIDC_ISSUER'),
    clientSecret: settings.needed('OIDC_CLIENT_SECRET', 'OIDC_ISSUER'),
    name: settings.text('OIDC_NAME', '统一身份认证'),
    scope: settings.text('OIDC_SCOPE', 'openid profile'),
    match: matchOf(settings.text('OIDC_MATCH', 'preferred_username=username')),
    provision: settings.on('OIDC_PROVISION', 'off') ? provisionOf(settings) : undefined,
  }
}

function matchOf(raw: string): External['match'] {
  const [claim = '', by = ''] = raw.split('=').map((part) => part.trim())
  if (!claim || !MATCHES.includes(by)) throw new WrongSetting('OIDC_MATCH', raw, `claim=${MATCHES.join('|')}, such as preferred_username=username`)
  return { claim, by: by as Match }
}

function provisionOf(settings: Settings): Provision {
  const raw = settings.needed('OIDC_ROLES', 'OIDC_PROVISION=on')
  const pairs = raw.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  if (pairs.some(([said, role]) => !said || !role || !OFFICES.includes(role)))
    throw new WrongSetting('OIDC_ROLES', raw, `value=role, …, where a role is one of ${OFFICES.join(', ')}`)
  return {
    roles: new Map(pairs.map(([said, role]) => [said!, role as AccountRole])),
    roleClaim: settings.text('OIDC_ROLE_CLAIM', 'role'),
    divisionClaim: settings.text('OIDC_DIVISION_CLAIM', 'division'),
    stationClaim: settings.text('OIDC_STATION_CLAIM', 'station'),
    nameClaim: settings.text('OIDC_NAME_CLAIM', 'name'),
  }
}
