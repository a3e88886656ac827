import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'

/** The two screens that the app is made for. */
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }
export const PHONE: BrowserContextOptions = { ...DESKTOP, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

const ALONE = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/**
 * A real Chromium. On Linux it comes from the npm registry with the libraries and fonts a bare machine lacks; elsewhere
 * the Edge or Chrome of the machine is taken. `CHROMIUM=/path` names another one.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM
  if (named) return chromium.launch({ executablePath: named, args: ALONE })
  if (process.platform !== 'linux') return chromium.launch({ channel: process.platform === 'win32' ? 'msedge' : 'chrome', args: ALONE })
  const home = await unpacked()
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: ALONE,
    env: {
      ...process.env,
      FONTCONFIG_FILE: fontSettings(home),
      // libnss3 and libexpat, which a bare machine lacks, lie in the package.
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(home, 'al2023', 'lib')].filter(Boolean).join(':'),
    },
  })
}

const require = createRequire(import.meta.url)

/** The folder that holds Chromium and what belongs to it, unpacked once for all runs. */
async function unpacked(): Promise<string> {
  const pack = dirname(dirname(require.resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(readFileSync(join(pack, 'package.json'), 'utf8')) as { version: string }
  const cache = cacheFolder()
  const home = join(cache, `chromium-${version}`)
  if (existsSync(home)) return home
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, 'unpacking-'))
  const { inflate } = await import('@sparticuz/chromium')
  // The package unpacks into the system's folder for temporary files, whoever else unpacks there.
  const before = process.env.TMPDIR
  process.env.TMPDIR = fresh
  try {
    await Promise.all(['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'].map((file) => inflate(join(pack, 'bin', file))))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  chmodSync(join(fresh, 'chromium'), 0o755)
  chmodSync(fresh, 0o755)
  try {
    renameSync(fresh, home)
  } catch (error) {
    if (!existsSync(home)) throw error
    rmSync(fresh, { recursive: true, force: true }) // another run was faster
  }
  return home
}

function cacheFolder(): string {
  const modules = join(import.meta.dirname, '..', '..', '..', 'node_modules')
  return existsSync(modules) ? join(modules, '.cache', 'anbiao') : join(tmpdir(), 'anbiao')
}

/** Chinese has to be seen on the pictures: Noto Sans SC stands for every family the machine does not have. */
function fontSettings(home: string): string {
  const noto = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const folders = [join(noto, '400Regular'), join(noto, '700Bold'), join(home, 'fonts', 'fonts')]
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${folders.map((folder) => `<dir>${folder}</dir>`).join('\n  ')}
  <cachedir>${join(home, 'font-cache')}</cachedir>
  ${['sans-serif', 'serif', 'system-ui', 'monospace'].map((family) => `<alias binding="strong"><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`).join('\n  ')}
</fontconfig>
`
  const file = join(home, 'fonts.conf')
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
  return file
}
