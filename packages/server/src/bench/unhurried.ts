import { buildApp } from '../app.js'
import { readConfig } from '../config.js'
import { LIMITS } from '../shared/limits.js'
import { openStore } from '../store.js'

/** The server as it is, but for the points a minute, so that one account can ask without end. */
const config = readConfig(process.env)
const store = await openStore(config)
const app = await buildApp(store, config, () => new Date(), { ...LIMITS, pointsPerMinute: Infinity })
console.log(await app.fastify.listen({ host: '127.0.0.1', port: 0 }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close().then(async () => (await store.close(), process.exit(0))))
