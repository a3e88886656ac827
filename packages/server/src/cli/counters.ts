import { recount } from '../board/recount.js'
import { readConfig } from '../config.js'
import { Refusal } from '../shared/refusal.js'
import { cutOff } from '../shared/trouble.js'
import { openStore } from '../store.js'

/** `counters`: whether the counts that boards read are those of the hazards; puts them right. */
const USAGE = `用法：npx pnpm counters [--check]

看板的计数与隐患逐条核对；不一致的按隐患重新计数。程序可以照常运行，核对时办理会稍等。
  --check  只核对，不改；有不一致时退出码为 1`

const SHOWN = 20
const [option] = process.argv.slice(2)
if (option && option !== '--check') {
  console.error(USAGE)
  process.exit(option === '--help' ? 0 : 2)
}
try {
  const store = await openStore(readConfig(process.env))
  try {
    const { hazards, wrong } = await recount(store.em(undefined), { repair: !option })
    for (const { table, key, kept, counted } of wrong.slice(0, SHOWN))
      console.error(`${table} ${key.map((part) => part || '—').join(' ')}：记为 ${kept.join('/')}，应为 ${counted.join('/')}`)
    if (wrong.length > SHOWN) console.error(`……另有 ${wrong.length - SHOWN} 处`)
    console.log(`隐患 ${hazards} 条，${wrong.length ? `计数有 ${wrong.length} 处不一致${option ? '' : '，已重新计数'}` : '计数一致'}`)
    if (wrong.length && option) process.exitCode = 1
  } finally {
    await store.close()
  }
} catch (thrown) {
  const error = cutOff(thrown)
  console.error(error instanceof Refusal || (error as Error).name === 'WrongSetting' ? (error as Error).message : error)
  process.exitCode = 1
}
