import { setTimeout as pause } from 'node:timers/promises'
import { buildApp } from './app.js'
import { checkBucket } from './attachment/openFiles.js'
import { readConfig } from './config.js'
import { startDailyWork } from './daily.js'
import { giveBackMemory } from './giveBack.js'
import { openSending } from './remind/sending.js'
import { prepareTown } from './seed/prepareTown.js'
import { cutOff } from './shared/trouble.js'
import { openStore } from './store.js'
import { warmUp } from './warmUp.js'

const DRAIN_MS = 9_500
/** Nobody waits longer for a server that is still learning its way about a slow database. */
const WARM_UP_MS = 3_000
const started = Date.now()
/** Until it serves there is nothing to finish. As the first process of a container it would not even hear a signal by itself. */
let close = (_signal: string): unknown => process.exit(0)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close(signal))
try {
  const config = readConfig(process.env)
  await checkBucket(config)
  const store = await openStore(config)
  const [{ folded } = {}] = await store.reader.all("select 'a' < 'B' as folded")
  if (Number(folded)) console.warn('数据库按语言的规则给文字排序：建议用 createdb --template=template0 --locale=C --encoding=UTF8 重建（deploy/README.md）')
  const accounts = await prepareTown(store, config)
  const app = await buildApp(store, config)
  const failed = (what: string) => (error: unknown) => app.fastify.log.error({ err: error }, what)
  await Promise.race([warmUp(store, app.door, new Date()).catch(failed('warming up')), pause(WARM_UP_MS)])
  await app.fastify.listen({ host: config.host, port: config.port })
  const sending = openSending({ store, clock: () => new Date(), failed: failed('outbox') })
  const daily = startDailyWork(store, config, app.door, failed('daily work'))
  const address = app.fastify.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  console.log(`\nAnbiao 安标  http://${config.host}:${port}  (ready in ${((Date.now() - started) / 1000).toFixed(1)} s, ${store.engine})`)
  if (accounts) console.log(accounts)
  giveBackMemory()

  let closing = false
  close = async (signal) => {
    if (closing) process.exit(1) // a second Ctrl-C does not wait
    closing = true
    console.log(`\n${signal}: finishing what is under way …`)
    // What cannot end in time is taken up by another process, or at the next start.
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    await Promise.all([app.close(), daily.stop(), sending.stop()])
    await store.close()
    console.log('closed')
    process.exit(0)
  }
} catch (thrown) {
  const error = cutOff(thrown)
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
