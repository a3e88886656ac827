import { spawnSync } from 'node:child_process'
import { startCluster } from './cluster.js'

/** Runs a program of the server with DATABASE_URL set to an empty PostgreSQL that is gone afterwards: `withPostgres.js cli/migrations.js --check`. */
const cluster = await startCluster()
try {
  const { status } = spawnSync(process.execPath, process.argv.slice(2), { stdio: 'inherit', env: { ...process.env, DATABASE_URL: cluster.url() } })
  process.exitCode = status ?? 1
} finally {
  await cluster.stop()
}
