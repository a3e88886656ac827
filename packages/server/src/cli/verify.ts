import { readConfig } from '../config.js'
import { Refusal } from '../shared/refusal.js'
import { verifyLog } from '../shared/verify.js'
import { openStore } from '../store.js'

/** `verify`: the chain of the log from its first row to its last. */
const USAGE = `用法：npx pnpm verify

从头核对变更记录的校验链，指出第一条被改动、删除或调换的记录。程序可以照常运行。
最后打印链尾的校验值；把它抄存在别处，日后可以证明整条链没有被重写。`

if (process.argv[2]) {
  console.error(USAGE)
  process.exit(process.argv[2] === '--help' ? 0 : 2)
}
try {
  const store = await openStore(readConfig(process.env))
  try {
    const { rows, hash, broken } = await verifyLog(store.reader, (done, of) => process.stderr.isTTY && process.stderr.write(`\r已核对 ${done} / ${of} 条`))
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    if (broken) {
      console.error(`变更记录不完整（${broken.what}，seq ${broken.seq}）：${broken.sentence}。前 ${rows} 条完好。`)
      process.exitCode = 1
    } else console.log(`变更记录完好：${rows} 条，链尾 ${hash}`)
  } finally {
    await store.close()
  }
} catch (error) {
  console.error(error instanceof Refusal || (error as Error).name === 'WrongSetting' ? (error as Error).message : error)
  process.exitCode = 1
}
