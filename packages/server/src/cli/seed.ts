import { parseArgs } from 'node:util'
import { readConfig } from '../config.js'
import { hashPassword, oncePassword } from '../person/password.js'
import { MassLoad } from '../seed/massLoad.js'
import { prepareTown } from '../seed/prepareTown.js'
import { openStore } from '../store.js'

/** `seed --enterprises N --hazards M`: fictional data of any size, beside what is there. */
const USAGE = `用法：npx pnpm seed [--enterprises N] [--hazards M] [--years Y]

  --enterprises N  新增 N 家虚构企业（含账号 ent.<序号>）
  --hazards M      新增 M 条虚构隐患，连同每一步的变更记录
  --years Y        隐患分布在最近 Y 年（默认 1）

空库先按 SEED 准备好。企业账号的密码是 DEMO_PASSWORD，没有设置则随机并打印一次。`

const EVERY_MS = 10_000
let told = 0
const wish = read()
try {
  const config = readConfig(process.env)
  const store = await openStore(config)
  try {
    const started = Date.now()
    const accounts = await prepareTown(store, config, new Date())
    if (accounts) console.error(accounts)
    if (wish.enterprises || wish.hazards) {
      const password = config.demoPassword ?? oncePassword()
      if (wish.enterprises && !config.demoPassword) console.error(`新增企业账号的密码：${password}`)
      const loading = Date.now()
      await new MassLoad(store, config, wish, new Date(), show).run(await hashPassword(password))
      const seconds = (Date.now() - loading) / 1000
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
      console.log(
        `新增企业 ${wish.enterprises} 家、隐患 ${wish.hazards} 条，用时 ${seconds.toFixed(1)} 秒（每秒 ${Math.round((wish.enterprises + wish.hazards) / seconds)} 条）`,
      )
    } else console.log(`已就绪，用时 ${((Date.now() - started) / 1000).toFixed(1)} 秒`)
  } finally {
    await store.close()
  }
} catch (error) {
  console.error(error instanceof Error && ['Refusal', 'WrongSetting'].includes(error.name) ? error.message : error)
  process.exitCode = 1
}

function read() {
  try {
    const { values } = parseArgs({
      options: { enterprises: { type: 'string' }, hazards: { type: 'string' }, years: { type: 'string' }, help: { type: 'boolean' } },
    })
    if (values.help) {
      console.log(USAGE)
      process.exit(0)
    }
    return {
      enterprises: whole('enterprises', values.enterprises, 0),
      hazards: whole('hazards', values.hazards, 0),
      years: whole('years', values.years, 1, 1, 20),
    }
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}

function whole(name: string, given: string | undefined, fallback: number, low = 0, high = 20_000_000): number {
  const value = Number(given ?? fallback)
  if (!Number.isInteger(value) || value < low || value > high) throw new Error(`--${name} ${given} 应为 ${low} 到 ${high} 的整数`)
  return value
}

function show(what: 'enterprises' | 'hazards', done: number, of: number): void {
  const line = `${what === 'enterprises' ? '企业' : '隐患'} ${done}/${of}`
  if (process.stderr.isTTY) process.stderr.write(`\r${line}   `)
  else if (done === of || Date.now() - told > EVERY_MS) {
    told = Date.now()
    process.stderr.write(`${line}  （内存 ${Math.round(process.memoryUsage.rss() / 1e6)} MB）\n`)
  }
}
