import * as oidc from 'openid-client'
import { Refusal } from '../../shared/refusal.js'
import type { External } from './settings.js'

export type Claims = Record<string, unknown> & { sub: string }
/** What only the browser that began may bring back. */
export interface Begun {
  state: string
  nonce: string
  verifier: string
  /** When he left. */
  left: number
}

const ANSWER_S = 10
/** Its keys and addresses change seldom; a provider that moved is found again within the hour. */
const KNOWN_MS = 3_600_000
/** How far the clocks of our own processes may be apart. */
const APART_MS = 10_000

/** The provider as the kept library speaks to it: code flow with PKCE, state and nonce, the signature of the ID token checked. */
export class Provider {
  #known: { at: number; configuration: Promise<oidc.Configuration> } | undefined

  constructor(
    private readonly settings: External,
    private readonly redirectUri: string,
  ) {}

  /** Where to send the browser; `anew`: he shows himself there even if he is known from before; `proven`: and it will be looked at. */
  async begin({ anew, proven }: { anew: boolean; proven: boolean }): Promise<Begun & { url: string }> {
    const configuration = await this.#configuration()
    const begun = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier(), left: Date.now() }
    const url = oidc.buildAuthorizationUrl(configuration, {
      ...{ redirect_uri: this.redirectUri, scope: this.settings.scope, response_type: 'code', state: begun.state, nonce: begun.nonce },
      ...{ code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier), code_challenge_method: 'S256' },
      ...(anew || proven ? { prompt: 'login' } : {}),
      ...(proven ? { max_age: '0' } : {}),
    })
    return { ...begun, url: url.href }
  }

  /** Everything the provider says of who came back with this query; throws what the library found wrong. */
  async finish(search: string, { state, nonce, verifier, left }: Begun, proven: boolean): Promise<Claims> {
    const configuration = await this.#configuration()
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${this.redirectUri}${search}`), checks)
    const claims = tokens.claims()!
    if (proven) needAnew(configuration, claims, Date.now() - left)
    const more = configuration.serverMetadata().userinfo_endpoint ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {}
    return { ...more, ...claims }
  }

  #configuration(): Promise<oidc.Configuration> {
    const now = Date.now()
    if (this.#known && now - this.#known.at < KNOWN_MS) return this.#known.configuration
    const { issuer, clientId, clientSecret } = this.settings
    const configuration = oidc.discovery(new URL(issuer), clientId, undefined, secretAs(clientSecret), {
      timeout: ANSWER_S,
      // Plain http: the settings allow it on this machine only.
      execute: [oidc.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [])],
    })
    this.#known = { at: now, configuration }
    configuration.catch(() => (this.#known = undefined))
    return configuration
  }
}

/**
 * He showed himself there after he had left here. What we asked for stands in an address that the browser can edit: what counts is
 * what the provider signed. Told by its own clock, and left out only by one that never says it.
 */
function needAnew(configuration: oidc.Configuration, { auth_time: shown, iat }: oidc.IDToken, awayMs: number): void {
  const says = configuration.serverMetadata().claims_supported?.includes('auth_time') ?? false
  if (shown === undefined ? says : (iat - shown) * 1_000 > awayMs + APART_MS)
    throw new Refusal('OIDC_NOT_ANEW', '您没有在统一身份认证重新登录，没有绑定。请先在那里退出登录，再回来绑定；仍不行的，请联系管理员绑定')
}

/** As the provider wants it; unless it says otherwise, in a header. */
const secretAs =
  (secret: string): oidc.ClientAuth =>
  (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const as = ways.includes('client_secret_basic') ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret)
    return as(server, client, body, headers)
  }
