import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cache } from './places.mjs'

const lock = join(cache, 'preparing')
const owner = join(lock, 'pid')

/** Two commands started together do not install or build over each other: the second waits for the first. */
export async function inTurn(step) {
  mkdirSync(cache, { recursive: true })
  while (!take()) await pause(100)
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await step()
  } finally {
    process.off('exit', release)
    release()
  }
}

function take() {
  try {
    mkdirSync(lock)
    writeFileSync(owner, String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (left()) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

/** The command that held the lock is gone (it was killed). */
function left() {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0)
    return false
  } catch (error) {
    if (error.code === 'ESRCH') return true
    if (error.code === 'EPERM') return false
    return ageOf(lock) > 5000 // taken, but no pid written yet
  }
}

function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}
