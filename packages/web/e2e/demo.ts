import type { TestProject } from 'vitest/node'
import { dataFolder, removeFolder, startOn } from './app.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The data folder of a demo town that a first start has filled, and what that start printed. */
    demo: { folder: string; output: string }
  }
}

/** One first start for the run; every journey goes on from a copy of what it left. */
export default async function setup(project: TestProject) {
  const folder = dataFolder()
  const first = await startOn(folder)
  await first.stop()
  project.provide('demo', { folder, output: first.output() })
  return () => removeFolder(folder)
}
