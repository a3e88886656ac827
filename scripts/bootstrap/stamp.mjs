import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { at, cache } from './places.mjs'

const GENERATED = new Set(['node_modules', 'dist', 'gql', 'data', '.cache'])

/** One hash over the names and contents of all files under the paths; a path that does not exist counts as absent. */
export function fingerprint(paths) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const path of paths) for (const file of filesUnder(path)) hash.update(`\n${file}\n`).update(readFileSync(at(file)))
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(at(path))) return []
  if (!statSync(at(path)).isDirectory()) return [path]
  return readdirSync(at(path), { withFileTypes: true })
    .filter((entry) => !GENERATED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(join(path, entry.name)))
}

const fileOf = (name) => join(cache, `${name}.stamp`)

/** Runs a step when what it is made from has changed since it last went well, or when what it makes is missing. */
export async function whenChanged({ name, from, makes, rewrites = false }, step) {
  const before = fingerprint(from)
  if (makes.every((path) => existsSync(path)) && existsSync(fileOf(name)) && readFileSync(fileOf(name), 'utf8') === before) return false
  rmSync(fileOf(name), { force: true })
  await step()
  mkdirSync(dirname(fileOf(name)), { recursive: true })
  // An install may have written the lock file; what was edited during a build, on the other hand, is not built yet.
  writeFileSync(fileOf(name), rewrites ? fingerprint(from) : before)
  return true
}
