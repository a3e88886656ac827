import { node, root } from '../bootstrap/places.mjs'
import { run } from '../bootstrap/run.mjs'

/** Runs tests written for Node's own runner: those of the scripts. */
export async function nodeTest(pattern) {
  const { code, output } = await run(node, ['--test', '--test-reporter=tap', pattern], { cwd: root, show: 'quiet' })
  const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(output)?.[1] ?? 0)
  if (code !== 0) process.stdout.write(output)
  return { passed: count('pass'), failed: count('fail') + count('cancelled') || (code === 0 ? 0 : 1), left: count('skipped') + count('todo') }
}
