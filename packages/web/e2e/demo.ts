import type { TestProject } from 'vitest/node'
import { dataFolder, removeFolder, startOn, today } from './app.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The data folder of a demo town that a first start has filled, on which day, and what that start printed. */
    demo: { folder: string; day: string; output: string }
  }
}

/** One first start for the run; every journey goes on from a copy of what it left. */
export default async function setup(project: TestProject) {
  const [folder, day] = [dataFolder(), today()]
  const first = await startOn(folder)
  await first.stop()
  project.provide('demo', { folder, day, output: first.output() })
  return () => removeFolder(folder)
}
