#!/usr/bin/env node
import { existsSync, readdirSync } from 'node:fs'
import { at } from './bootstrap/places.mjs'
import { prepare } from './bootstrap/prepare.mjs'
import { become, Failed } from './bootstrap/run.mjs'
import { script, usage } from './bootstrap/usage.mjs'

const [command, ...args] = process.argv.slice(2)
if (!command || command.startsWith('-'))
  usage(
    `
node scripts/run.mjs <command> [arguments]
  Installs and builds what has changed (says so on stderr), then runs a command of the server. Each has its own --help.
  ${commands().join('  ')}
`,
    ['--help'],
  )

await script(async () => {
  if (!commands().includes(command)) throw new Failed(`No command "${command}". There are: ${commands().join(', ')}`, 2)
  await prepare({ parts: ['server'] })
  become(['--enable-source-maps', at('packages', 'server', 'dist', 'cli', `${command}.js`), ...args], {
    env: { NODE_ENV: process.env.NODE_ENV ?? 'production' },
  })
})

function commands() {
  const folder = at('packages', 'server', 'src', 'cli')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((file) => (/^[a-z]+\.ts$/.test(file) ? [file.slice(0, -3)] : []))
}
