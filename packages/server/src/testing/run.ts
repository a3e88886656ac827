import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder of this run, for what its test files share; gone when it ends. */
    run: string
  }
}

export default function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'anbiao-run-'))
  project.provide('run', folder)
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
