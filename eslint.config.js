import { join } from 'node:path'
import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'
import { direction } from './scripts/lint/direction.mjs'
import { SERVER, WEB } from './scripts/lint/layers.mjs'

const layers = (folder, rules) => ['error', { root: join(import.meta.dirname, folder), ...rules }]
const lines = (max) => ['error', { max, skipBlankLines: false, skipComments: false }]

/** Files that ask the store in SQL of their own; each compiles the scope in, or reads what has none (sessions, the log, counters). */
const OWN_SQL = [
  ...[
    'store',
    'health',
    'metrics',
    'card/cardVisit',
    'board/{visit,lastChange,named,names,readHazards,readCounts,keepCounts,recount,boardMap.resolver,boardPlan.resolver,history,meeting.resolver,thenTally,wall}',
    'person/{authenticate,viewer,throttle,lastSeen,openSession,signIn.resolver}',
    'person/external/{everUnbound,hasComeBy,external.routes}',
    'enterprise/{move,rename}',
    'history/{visible,history.resolver}',
    // The rules' numbers, open to everybody, are only looked at: no act need compare them at its end.
    'hazard/{escalate,rules}',
    'standard/normText',
    // A dossier is the same whoever looks: counted past every scope, read only by whoever may see the enterprise.
    'dossier/{keep,follow,dossier.resolver,viewOf,daily,duties,packRows,pack.resolver,pack.routes,printed}',
    'letter/{askAgain,batches,papers}',
    'question/{lastUsed,noteRun,results,token}',
    // The day's reminders look at the whole store; each person reads them through his own scope. Outbox and stand-ins have none.
    'remind/{consequences,digest,mine,outbox,readByMe,sendOne,sending}',
    'remind/sources/*',
    'risk/{daily,keepStanding,partColor.resolver,planColor.resolver}',
    // Who closes a hazard may have no part in the report that follows it.
    'public/follow',
    'doubt/{again,follow,keep}',
    // Who owes a summary is asked past every scope; what an act freezes is counted inside it.
    'report/{expected,load,missing,sheet,upward}',
    'visit/firmIds',
  ],
  ...['attachment/{attachment.resolver,clearUnattached,serve,upload}', '{shared,statistics,ledger,backup,seed,cli,bench,testing}/**/*', '**/*.test'],
].map((path) => `packages/server/src/${path}.ts`)

export default ts.config(
  { ignores: ['**/node_modules/', '**/dist/', '**/data/', '.cache/', 'packages/web/src/gql/', 'packages/web/public/', 'packages/server/content/'] },
  js.configs.recommended,
  ts.configs.recommended,
  vue.configs['flat/recommended'],
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { anbiao: { rules: { direction } } } },

  {
    files: ['**/*.{ts,vue,js,mjs}'],
    languageOptions: { globals: globals.node },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },

  // Promises that nobody waits for are the server's quietest faults; these rules need the types.
  {
    files: ['packages/server/src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'off', // decorators need some classes at run time
      'anbiao/direction': layers('packages/server/src', SERVER),
      'max-lines': lines(220),
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name=/^(createQueryBuilder|qb|getKysely|getConnection)$/]',
          message: 'The filters do not protect this door: read through shared/read.',
        },
        {
          selector: "CallExpression[callee.property.name='execute'][callee.object.name=/^(em|connection)$/]",
          message: 'The filters do not protect raw SQL: read through shared/read.',
        },
        {
          selector: "CallExpression[callee.property.name=/^(all|stream)$/][callee.object.name='reader']",
          message: 'SQL of its own: use list() of shared/read, or join OWN_SQL in eslint.config.js and say why.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: ['kysely', 'better-sqlite3', 'pg'],
          patterns: [{ group: ['**/shared/run.js'], message: 'SQL of its own: join OWN_SQL in eslint.config.js and say why.' }],
        },
      ],
    },
  },
  { files: OWN_SQL, rules: { 'no-restricted-syntax': 'off', 'no-restricted-imports': 'off' } },

  {
    files: ['packages/web/**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      'max-lines': lines(220),
      'no-useless-assignment': 'off', // does not see what a template uses
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-macros-order': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      // Prettier's part.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'element-plus',
              importNames: ['default', 'ElTable', 'ElTableColumn', 'ElTableV2'],
              message: 'Ship only what is used; tables are DataGrid.',
            },
            { name: 'echarts', message: 'Take charts from echarts/core, one by one.' },
          ],
          patterns: [{ group: ['element-plus/**/table', 'element-plus/**/table/**', 'element-plus/**/table-v2/**'], message: 'Tables are DataGrid.' }],
        },
      ],
      'vue/no-restricted-component-names': ['error', 'ElTable', 'ElTableColumn'],
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.property.name='use'][arguments.0.name='ElementPlus']", message: 'Ship only what is used.' },
      ],
    },
  },
  {
    files: ['packages/web/src/**/*.vue'],
    rules: { 'vue/no-restricted-html-elements': ['error', { element: ['el-table', 'el-table-column', 'el-table-v2'], message: 'Tables are DataGrid.' }] },
  },
  { files: ['packages/web/src/**/*.{ts,vue}'], rules: { 'anbiao/direction': layers('packages/web/src', WEB) } },

  // A book of words is long without hiding a concept.
  { files: ['packages/web/src/i18n/**/*.ts'], rules: { 'max-lines': lines(300) } },
  // Of the log's words there is one for every act of every domain.
  { files: ['packages/web/src/i18n/*/history.ts'], rules: { 'max-lines': 'off' } },
  // Every decorator of a datum beside the registry that they fill.
  { files: ['packages/server/src/shared/datum.ts'], rules: { 'max-lines': lines(260) } },
  // A register has one line for each, and is read by looking something up.
  { files: ['packages/server/src/resolvers.ts'], rules: { 'max-lines': lines(280) } },
  // Tests may be long, and harnesses and programs speak to the terminal.
  { files: ['**/*.test.ts', '**/e2e/**/*.ts'], rules: { 'max-lines': lines(400), 'anbiao/direction': 'off' } },
  { files: ['scripts/**', '**/src/cli/**', '**/src/bench/**', '**/src/main.ts', '**/e2e/**'], rules: { 'no-console': 'off' } },
)
