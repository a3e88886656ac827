import { resolve } from 'node:path'

/** Every setting, parsed once from the environment; a wrong one stops the process with its name (README: settings). */
export interface Config {
  host: string
  port: number
  dataDir: string
  databaseUrl: string | undefined
  seed: 'demo' | 'empty'
  demoPassword: string | undefined
  publicUrl: string
  introspection: boolean
  sessionDays: number
  uploadMb: number
  trustProxy: boolean
  hookTargets: 'public' | 'any'
  mailUrl: string | undefined
  mailFrom: string
}

export class WrongSetting extends Error {
  constructor(name: string, value: string, wanted: string) {
    super(`${name}=${value} is not valid: ${wanted}`)
    this.name = 'WrongSetting'
  }
}

type Env = Record<string, string | undefined>

export function readConfig(env: Env): Config {
  const text = (name: string, fallback: string) => env[name]?.trim() || fallback
  const whole = (name: string, fallback: number, low: number, high: number) => {
    const raw = text(name, String(fallback))
    const value = Number(raw)
    if (!/^\d+$/.test(raw) || value < low || value > high) throw new WrongSetting(name, raw, `a whole number from ${low} to ${high}`)
    return value
  }
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const raw = text(name, fallback)
    if (!(values as readonly string[]).includes(raw)) throw new WrongSetting(name, raw, `one of ${values.join(', ')}`)
    return raw as T
  }
  const url = (name: string, raw: string, protocols: string[]) => {
    const parsed = URL.canParse(raw) ? new URL(raw) : undefined
    if (!parsed || !protocols.includes(parsed.protocol))
      throw new WrongSetting(name, raw.replace(/:[^:@/]*@/, ':…@'), `a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`)
    return raw.replace(/\/+$/, '')
  }
  if (env['TZ'] && env['TZ'] !== 'Asia/Shanghai' && env['TZ'] !== 'UTC')
    throw new WrongSetting('TZ', env['TZ'], 'Asia/Shanghai (days are always those of Asia/Shanghai; leave it out)')
  const host = text('HOST', '127.0.0.1')
  const port = whole('PORT', 4000, 0, 65_535)
  const databaseUrl = env['DATABASE_URL']?.trim()
  const mailUrl = env['MAIL_URL']?.trim()
  const mailFrom = text('MAIL_FROM', '')
  if (mailUrl && !/^[^@\s]+@[^@\s]+$/.test(mailFrom)) throw new WrongSetting('MAIL_FROM', mailFrom, 'the address that mails come from, needed with MAIL_URL')
  const demoPassword = env['DEMO_PASSWORD']?.trim() || undefined
  if (demoPassword && demoPassword.length < 8) throw new WrongSetting('DEMO_PASSWORD', '…', 'at least 8 characters')
  return {
    host,
    port,
    dataDir: resolve(text('DATA_DIR', './data')),
    databaseUrl: databaseUrl ? url('DATABASE_URL', databaseUrl, ['postgres:', 'postgresql:']) : undefined,
    seed: oneOf('SEED', ['demo', 'empty'], 'demo'),
    demoPassword,
    publicUrl: url('PUBLIC_URL', text('PUBLIC_URL', `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`), ['http:', 'https:']),
    introspection: oneOf('INTROSPECTION', ['on', 'off'], 'on') === 'on',
    sessionDays: whole('SESSION_DAYS', 7, 1, 90),
    uploadMb: whole('UPLOAD_MB', 15, 1, 200),
    trustProxy: oneOf('TRUST_PROXY', ['on', 'off'], 'off') === 'on',
    hookTargets: oneOf('HOOK_TARGETS', ['public', 'any'], 'public'),
    mailUrl: mailUrl ? url('MAIL_URL', mailUrl, ['smtp:', 'smtps:']) : undefined,
    mailFrom,
  }
}
