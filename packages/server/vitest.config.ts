import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The decorators are the legacy ones, and a field must not be defined over what they put on the prototype.
  oxc: {
    decorator: { legacy: true, emitDecoratorMetadata: false },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  },
  // One copy of graphql: without this, some packages find its CommonJS build and its types are "from another realm".
  resolve: { mainFields: [], alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['src/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 600_000,
    env: { NODE_ENV: 'test', ENGINE: process.env.ENGINE ?? 'sqlite' },
    globalSetup: ['src/testing/postgres.ts', 'src/testing/run.ts'],
  },
})
