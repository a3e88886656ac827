#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { at, node, root, server, web } from './bootstrap/places.mjs'
import { generate, prepare } from './bootstrap/prepare.mjs'
import { script, usage } from './bootstrap/usage.mjs'

usage(`
npx pnpm dev
  The server on http://127.0.0.1:4000 and the app on http://127.0.0.1:5173, both reloading when a source changes;
  the typed documents are generated again when a query changes. Ctrl-C stops all of it.
`)

const programs = [
  { name: 'types', cwd: server, args: [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'] },
  { name: 'server', cwd: root, args: ['--watch', '--watch-preserve-output', '--enable-source-maps', at('packages', 'server', 'dist', 'main.js')] },
  { name: 'app', cwd: web, args: [at('packages', 'web', 'node_modules', 'vite', 'bin', 'vite.js')] },
]

await script(async () => {
  await prepare()
  const children = programs.map(({ name, cwd, args }) => {
    const child = spawn(node, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'development' } })
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])
      from.on('data', (chunk) => to.write(String(chunk).replace(/^(?=.)/gm, `${name.padEnd(7)}│ `)))
    child.once('exit', (code) => stop(code ?? 0))
    return child
  })
  regenerate()
  let stopping = false
  function stop(code) {
    if (stopping) return
    stopping = true
    process.exitCode = code
    for (const child of children) child.kill()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(0))
})

/** The typed documents again, a moment after the last change; a wrong query is reported and the rest runs on. */
function regenerate() {
  let soon
  const later = () => {
    clearTimeout(soon)
    soon = setTimeout(() => generate((text) => console.log(`graph  │ ${text}`)).catch((error) => console.error(`graph  │ ${error.message}`)), 300)
  }
  watch(at('packages', 'web', 'src'), { recursive: true }, (_, file) => /(?<!gql.*)\.(vue|ts)$/.test(String(file)) && later())
  watch(root, (_, file) => file === 'schema.graphql' && later())
}
