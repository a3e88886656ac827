import { defineConfig } from 'vitest/config'

/** Journeys through the built app in a real Chromium: each file starts its own app (app.ts) and browser (browser.ts). */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vite',
  test: {
    include: ['**/*.e2e.ts'],
    globalSetup: ['demo.ts'],
    pool: 'forks',
    // A browser and a server are two busy processes already.
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
})
