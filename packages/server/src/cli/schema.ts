import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { printSchema } from 'graphql'
import '../entities.js'
import { buildGraph } from '../schema.js'

/** `schema` writes schema.graphql from the code; `schema --check` fails when the committed one differs. */
const FILE = fileURLToPath(new URL('../../../../schema.graphql', import.meta.url))
const printed = `# Generated from the entities and resolvers (npx pnpm generate); reviewed like code.\n\n${printSchema(buildGraph())}\n`
if (!process.argv.includes('--check')) writeFileSync(FILE, printed)
else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== printed) {
  console.error('schema.graphql does not match the code; run `npx pnpm generate` and review the difference')
  process.exitCode = 1
}
