#!/usr/bin/env node
import { server, web } from './bootstrap/places.mjs'
import { prepare } from './bootstrap/prepare.mjs'
import { script, usage } from './bootstrap/usage.mjs'
import { nodeTest } from './suite/nodeTest.mjs'
import { chosen, inOrder } from './suite/report.mjs'
import { vitest } from './suite/vitest.mjs'

usage(`
npm test [-- --only sqlite,postgres,web,browser,scripts]
  Installs and builds what has changed, then runs every test:
    sqlite    the server, on SQLite
    postgres  the same files on a real PostgreSQL, started from the npm registry
    web       the app's own tests
    browser   journeys through the built app in a real Chromium
    scripts   the scripts and the lint rules
  The last line is "N passed, M failed" over all of them.
`)

const suites = [
  { id: 'scripts', name: 'scripts', suite: () => nodeTest('scripts/**/*.test.mjs') },
  { id: 'sqlite', name: 'server on SQLite', suite: () => vitest({ name: 'sqlite', cwd: server, env: { ENGINE: 'sqlite' } }) },
  { id: 'postgres', name: 'server on PostgreSQL', suite: () => vitest({ name: 'postgres', cwd: server, env: { ENGINE: 'postgres' } }) },
  { id: 'web', name: 'web', suite: () => vitest({ name: 'web', cwd: web }) },
  { id: 'browser', name: 'browser', suite: () => vitest({ name: 'browser', cwd: web, args: ['--config', 'e2e/vitest.config.ts'] }) },
]

/** What does not build counts as a failure, and the tests that need no build still run. */
async function build() {
  await prepare()
  return { passed: 1, failed: 0, left: 0 }
}

await script(async () => {
  const wanted = chosen(suites, process.argv.slice(2))
  await prepare({ parts: [] })
  process.exit((await inOrder([{ name: 'build', suite: build }, ...wanted])) ? 0 : 1)
})
