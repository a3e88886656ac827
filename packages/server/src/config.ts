import { resolve } from 'node:path'
import type { Bucket } from './attachment/bucketFiles.js'
import type { MetricsAccess } from './shared/metricsAccess.js'
import { type External, externalOf } from './person/external/settings.js'
import { type Env, Settings, WrongSetting } from './shared/settings.js'

export { WrongSetting } from './shared/settings.js'

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
  bucket: Bucket | undefined
  external: External | undefined
  metrics: MetricsAccess
  logLevel: 'error' | 'warn' | 'info'
}

export function readConfig(env: Env): Config {
  const settings = new Settings(env)
  if (env['TZ'] && env['TZ'] !== 'Asia/Shanghai' && env['TZ'] !== 'UTC')
    throw new WrongSetting('TZ', env['TZ'], 'Asia/Shanghai (days are always those of Asia/Shanghai; leave it out)')
  const host = settings.text('HOST', '127.0.0.1')
  const port = settings.whole('PORT', 4000, 0, 65_535)
  const mailUrl = settings.urlGiven('MAIL_URL', ['smtp:', 'smtps:'])
  const mailFrom = settings.text('MAIL_FROM', '')
  if (mailUrl && !/^[^@\s]+@[^@\s]+$/.test(mailFrom)) throw new WrongSetting('MAIL_FROM', mailFrom, 'the address that mails come from, needed with MAIL_URL')
  const demoPassword = settings.given('DEMO_PASSWORD')
  if (demoPassword && demoPassword.length < 8) throw new WrongSetting('DEMO_PASSWORD', '…', 'at least 8 characters')
  return {
    host,
    port,
    dataDir: resolve(settings.text('DATA_DIR', './data')),
    databaseUrl: settings.urlGiven('DATABASE_URL', ['postgres:', 'postgresql:']),
    seed: settings.oneOf('SEED', ['demo', 'empty'], 'demo'),
    demoPassword,
    publicUrl: settings.url('PUBLIC_URL', settings.text('PUBLIC_URL', `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`), ['http:', 'https:']),
    introspection: settings.on('INTROSPECTION', 'on'),
    sessionDays: settings.whole('SESSION_DAYS', 7, 1, 90),
    uploadMb: settings.whole('UPLOAD_MB', 15, 1, 200),
    trustProxy: settings.on('TRUST_PROXY', 'off'),
    hookTargets: settings.oneOf('HOOK_TARGETS', ['public', 'any'], 'public'),
    mailUrl,
    mailFrom,
    bucket: bucketOf(settings),
    external: externalOf(settings),
    metrics: metricsOf(settings),
    logLevel: settings.oneOf('LOG_LEVEL', ['error', 'warn', 'info'], 'warn'),
  }
}

function bucketOf(settings: Settings): Bucket | undefined {
  const url = settings.urlGiven('S3_URL', ['https:', 'http:'])
  if (!url) return undefined
  return { url, key: settings.needed('S3_KEY', 'S3_URL'), secret: settings.needed('S3_SECRET', 'S3_URL'), region: settings.text('S3_REGION', 'us-east-1') }
}

function metricsOf(settings: Settings): MetricsAccess {
  const access = settings.oneOf('METRICS', ['off', 'loopback', 'token'], 'loopback')
  if (access !== 'token') return access
  const token = settings.needed('METRICS_TOKEN', 'METRICS=token')
  if (token.length < 16) throw new WrongSetting('METRICS_TOKEN', '…', 'at least 16 characters')
  return { token }
}
