import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cache, node } from '../bootstrap/places.mjs'
import { run } from '../bootstrap/run.mjs'

/** Runs a package's vitest and counts; a file that does not load, or an error outside every test, counts as one failure. */
export async function vitest({ name, cwd, args = [], env = {} }) {
  const report = join(cache, `${name.replace(/\W+/g, '-')}.json`)
  rmSync(report, { force: true })
  const { code } = await run(
    node,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...args],
    {
      cwd,
      env: { NODE_ENV: 'test', ...env },
    },
  )
  const { testResults = [] } = read(report)
  const tests = testResults.flatMap((file) => file.assertionResults)
  const count = (...states) => tests.filter((test) => states.includes(test.status)).length
  const unloaded = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length
  const failed = count('failed') + unloaded
  return { passed: count('passed'), failed: failed || code === 0 ? failed : 1, left: count('skipped', 'pending', 'todo', 'disabled') }
}

function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return {}
  }
}
