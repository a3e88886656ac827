import { renameSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Loaded before a server under test: on a signal it collects its garbage and says what is left. */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
process.on('SIGUSR2', () => {
  collect()
  // What finalizers let go of is collected the second time.
  setTimeout(() => {
    collect()
    // Whoever waits for the file finds it whole.
    const file = process.env['MEMORY_FILE']!
    writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()))
    renameSync(`${file}.new`, file)
  }, 200)
})
