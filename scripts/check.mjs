#!/usr/bin/env node
import { at, node, server, web } from './bootstrap/places.mjs'
import { prepare } from './bootstrap/prepare.mjs'
import { run } from './bootstrap/run.mjs'
import { script, usage } from './bootstrap/usage.mjs'
import { chosen, inOrder } from './suite/report.mjs'

usage(`
npx pnpm check [--only lint,format,types,webtypes,e2etypes,schema,migrations,pgmigrations]
  lint          ESLint: the recommended rules and ours (import direction, file size, doors that bypass the scope)
  format        Prettier
  types         the server's types, tests included
  webtypes      the app's types, templates included
  e2etypes      the journeys' types
  schema        schema.graphql is what the entities say
  migrations    the SQLite migrations give what the entities say; pgmigrations: the PostgreSQL ones
  --fix         lets ESLint and Prettier correct what they can, and nothing else
`)

const fix = process.argv.includes('--fix')
const dist = (...parts) => at('packages', 'server', 'dist', ...parts)
const tool = (...args) => ({ args, cwd: at() })
const inServer = (...args) => ({ args, cwd: server })

const checks = [
  {
    id: 'lint',
    ...tool(
      at('node_modules', 'eslint', 'bin', 'eslint.js'),
      '--max-warnings=0',
      '--cache',
      '--cache-strategy=content',
      '--cache-location=node_modules/.cache/anbiao/eslint',
      ...(fix ? ['--fix'] : []),
      '.',
    ),
  },
  {
    id: 'format',
    ...tool(
      at('node_modules', 'prettier', 'bin', 'prettier.cjs'),
      '--log-level=warn',
      '--cache',
      '--cache-location=node_modules/.cache/anbiao/prettier',
      fix ? '--write' : '--check',
      '.',
    ),
  },
  { id: 'types', ...inServer(at('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json') },
  { id: 'webtypes', args: [at('packages', 'web', 'node_modules', 'vue-tsc', 'bin', 'vue-tsc.js'), '--noEmit'], cwd: web },
  { id: 'e2etypes', args: [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'e2e'], cwd: web },
  { id: 'schema', ...inServer(dist('cli', 'schema.js'), '--check') },
  { id: 'migrations', ...inServer(dist('cli', 'migrations.js'), '--check') },
  { id: 'pgmigrations', ...inServer(dist('testing', 'withPostgres.js'), dist('cli', 'migrations.js'), '--check') },
]

await script(async () => {
  const wanted = fix ? checks.filter(({ id }) => id === 'lint' || id === 'format') : chosen(checks, process.argv.slice(2))
  await prepare({ parts: fix ? [] : ['server', 'documents'] })
  const good = await inOrder(
    wanted.map(({ id, args, cwd }) => ({
      name: id,
      suite: async () => ((await run(node, args, { cwd })).code === 0 ? { passed: 1, failed: 0, left: 0 } : { passed: 0, failed: 1, left: 0 }),
    })),
  )
  process.exit(good ? 0 : 1)
})
