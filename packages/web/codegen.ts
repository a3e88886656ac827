import type { CodegenConfig } from '@graphql-codegen/cli'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * One output per domain folder. A single output would put the documents of every page into the first chunk the browser
 * loads; the price is that a fragment can only be used inside its own folder, so a component that is shown in several
 * domains (a picker, a timeline) asks for its data with its own query.
 */
const schema = process.env.SCHEMA ?? '../../schema.graphql'
const asksTheGraph = (folder: string) =>
  readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(vue|ts)$/.test(file))
    .some((file) => readFileSync(`src/${folder}/${file}`, 'utf8').includes('graphql(`'))

const folders = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['gql', 'i18n', 'e2e'].includes(entry.name))
  .map((entry) => entry.name)
  .filter(asksTheGraph)

const config: CodegenConfig = {
  schema,
  ignoreNoDocuments: true,
  generates: {
    'src/gql/introspection.json': { plugins: ['./codegen.introspection.mjs'] },
    ...Object.fromEntries(
      folders.map((folder) => [
        `src/gql/${folder}/`,
        {
          preset: 'client',
          documents: [`src/${folder}/**/*.{vue,ts}`, '!src/**/*.test.ts'],
          presetConfig: { fragmentMasking: false },
          config: {
            useTypeImports: true,
            enumsAsTypes: true,
            strictScalars: true,
            defaultScalarType: 'string',
            onlyOperationTypes: true,
            avoidOptionals: { field: true },
            scalars: { ID: 'string', Instant: 'string', Day: 'string', Json: 'string' },
          },
        },
      ]),
    ),
  },
}
export default config
