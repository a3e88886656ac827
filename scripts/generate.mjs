#!/usr/bin/env node
import { at, node, server } from './bootstrap/places.mjs'
import { generate, prepare } from './bootstrap/prepare.mjs'
import { must } from './bootstrap/run.mjs'
import { script, usage } from './bootstrap/usage.mjs'

usage(`
npx pnpm generate
  Writes schema.graphql from the entities and resolvers, and the app's typed documents from it. Both follow from the
  sources; schema.graphql is committed and read in reviews.
`)

await script(async () => {
  await prepare({ parts: ['server'] })
  await must('Writing schema.graphql', node, [at('packages', 'server', 'dist', 'cli', 'schema.js')], { cwd: server })
  await generate(console.log)
})
