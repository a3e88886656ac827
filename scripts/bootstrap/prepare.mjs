import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { at, node, server, web } from './places.mjs'
import { must, pnpm } from './run.mjs'
import { whenChanged } from './stamp.mjs'
import { inTurn } from './turn.mjs'

const manifests = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'packages/server/package.json', 'packages/web/package.json']
const tsc = at('node_modules', 'typescript', 'bin', 'tsc')
const bin = (folder, ...parts) => join(folder, 'node_modules', ...parts)

/** Installs and builds what has changed since the last time; says so on stderr, so that stdout is the command's alone. */
export function prepare({ parts = ['server', 'web'], say = (text) => process.stderr.write(`${text}\n`) } = {}) {
  return inTurn(async () => {
    await install(say)
    if (parts.includes('server')) await buildServer(say)
    if (parts.includes('documents')) await generate(say)
    if (parts.includes('web') && existsSync(join(web, 'vite.config.ts'))) await buildWeb(say)
  })
}

const install = (say) =>
  whenChanged({ name: 'install', from: manifests, makes: [node, tsc], rewrites: true }, async () => {
    say('Installing packages (only when they change) …')
    const frozen = existsSync(at('pnpm-lock.yaml')) && process.env.CI ? ['--frozen-lockfile'] : ['--no-frozen-lockfile', '--prefer-offline']
    await pnpm('Installing', ['install', ...frozen, '--reporter=append-only'])
  })

const buildServer = (say) =>
  whenChanged(
    {
      name: 'server',
      from: ['tsconfig.base.json', 'pnpm-lock.yaml', 'packages/server/src', 'packages/server/tsconfig.json', 'packages/server/tsconfig.build.json'],
      makes: [join(server, 'dist', 'main.js')],
    },
    async () => {
      say('Building the server …')
      // What was removed from the sources must not live on in dist.
      rmSync(join(server, 'dist'), { recursive: true, force: true })
      await must('Building the server', node, [tsc, '-p', join(server, 'tsconfig.build.json')])
    },
  )

/** The typed documents of the web, from schema.graphql. */
export const generate = (say) =>
  whenChanged(
    { name: 'generate', from: ['schema.graphql', 'pnpm-lock.yaml', 'packages/web/src', 'packages/web/codegen.ts'], makes: [join(web, 'src', 'gql')] },
    async () => {
      say('Generating the typed documents …')
      await must('Generating', node, [bin(web, '@graphql-codegen', 'cli', 'esm', 'bin.js'), '--config', 'codegen.ts'], { cwd: web })
    },
  )

async function buildWeb(say) {
  await generate(say)
  await whenChanged({ name: 'web', from: ['schema.graphql', 'pnpm-lock.yaml', 'packages/web'], makes: [join(web, 'dist', 'index.html')] }, async () => {
    say('Building the app …')
    await must('Building the app', node, [bin(web, 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], { cwd: web, env: { NODE_ENV: 'production' } })
  })
}
