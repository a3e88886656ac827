#!/usr/bin/env node
import { at } from './bootstrap/places.mjs'
import { prepare } from './bootstrap/prepare.mjs'
import { become } from './bootstrap/run.mjs'
import { script, usage } from './bootstrap/usage.mjs'

usage(`
npm start
  Installs, builds, migrates, seeds a demo town into an empty store and serves the app and the graph on http://127.0.0.1:4000.
  What has not changed since the last start is not done again. Settings are environment variables (README: settings).
  Ctrl-C drains and stops; a second Ctrl-C does not wait.
`)

await script(async () => {
  await prepare()
  become(['--enable-source-maps', at('packages', 'server', 'dist', 'main.js')], { env: { NODE_ENV: process.env.NODE_ENV ?? 'production' } })
})
