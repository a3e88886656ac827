import type { TestProject } from 'vitest/node'
import { startCluster } from './cluster.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the run's PostgreSQL listens; null when the run is on SQLite. */
    postgres: string | null
  }
}

/** With ENGINE=postgres the same tests run on a real PostgreSQL: one cluster for the run, one database for each file (store.ts). */
export default async function setup(project: TestProject) {
  if (process.env.ENGINE !== 'postgres') return project.provide('postgres', null)
  const cluster = await startCluster()
  project.provide('postgres', cluster.url())
  return () => cluster.stop()
}
