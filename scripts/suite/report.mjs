/** Runs suites one after the other and ends with `N passed, M failed` as the last line. */
export async function inOrder(suites) {
  const results = []
  for (const { name, suite } of suites) {
    console.log(`\n── ${name}`)
    const started = Date.now()
    const result = await suite().catch((error) => {
      console.error(error?.constructor?.name === 'Failed' ? error.message : error)
      return { passed: 0, failed: 1, left: 0 }
    })
    results.push({ name, seconds: (Date.now() - started) / 1000, ...result })
  }
  summary(results)
  return sum(results, 'failed') === 0
}

function summary(results) {
  const width = Math.max(...results.map(({ name }) => name.length))
  console.log('')
  for (const { name, passed, failed, left, seconds } of results)
    console.log(`${failed ? '✗' : '✓'} ${name.padEnd(width)}  ${passed} passed, ${failed} failed${left ? `, ${left} left out` : ''}  ${seconds.toFixed(1)} s`)
  console.log(`\n${sum(results, 'passed')} passed, ${sum(results, 'failed')} failed`)
}

const sum = (results, what) => results.reduce((total, result) => total + result[what], 0)

/** The suites named by `--only a,b`, all without it. */
export function chosen(suites, args) {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='))
  if (at < 0) return suites
  const wanted = (args[at].split('=')[1] ?? args[at + 1] ?? '').split(',')
  const unknown = wanted.filter((id) => !suites.some((suite) => suite.id === id))
  if (!unknown.length) return suites.filter((suite) => wanted.includes(suite.id))
  console.error(`No suite "${unknown.join(', ')}". There are: ${suites.map(({ id }) => id).join(', ')}`)
  return process.exit(2)
}
