import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Words = { [key: string]: string | Words }

const source = join(import.meta.dirname, '..')
const chinese = import.meta.glob<Words>('./zh/*.ts', { eager: true, import: 'default' })
const english = import.meta.glob<Words>('./en/*.ts', { eager: true, import: 'default' })

const domainOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.ts'.length)
const flat = (words: Words, before: string): [string, string][] =>
  Object.entries(words).flatMap(([key, said]) => (typeof said === 'string' ? [[`${before}.${key}`, said] as [string, string]] : flat(said, `${before}.${key}`)))
const all = (files: Record<string, Words>) => new Map(Object.entries(files).flatMap(([path, words]) => flat(words, domainOf(path))))
const zh = all(chinese)
// The server's refusals come in Chinese from the server; only their translations are words of ours.
const { './en/code.ts': refusals, ...translated } = english
const en = all(translated)
// Refused only at the command line or while starting, where nobody reads English screens.
const COMMAND_LINE = /^(NO_ENTERPRISES|BACKUP|STORE|NOT_A_BACKUP|NO_ACCOUNT|CHANGED_MY_MIND|FILE_EXISTS|INTERNAL)/
function serverTexts(): string[] {
  const server = join(source, '../../server/src')
  return readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!bench|testing).*(?<!\.test)\.ts$/.test(file))
    .map((file) => readFileSync(join(server, file), 'utf8'))
}
const serverCodes = () => [...new Set(serverTexts().flatMap((text) => [...text.matchAll(/new Refusal\(\s*'([A-Z_]+)'/g)].map(([, code]) => code ?? '')))]
/** Every name that the log can bear: acts, and the entries written past one. */
function serverActs(): string[] {
  const named = /(?:\b(?:act|change|each|moveWith)|#on|#change)\(\s*[\w.]+,(?:\s*\w+,)?\s*'([a-z]\w+)'|\bact: '([a-z]\w+)'/g
  return [...new Set(serverTexts().flatMap((text) => [...text.matchAll(named)].map(([, act, entry]) => act ?? entry ?? '')))]
}
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(vue|ts)$/.test(file) && !/^(gql|i18n|e2e)\//.test(file) && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }))

test('English says everything that Chinese says', () => {
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
})

test('a refusal of the server has an English sentence', () => {
  expect(Object.keys(refusals ?? {}).length).toBeGreaterThan(100)
  expect(serverCodes().filter((code) => !(code in (refusals ?? {})) && !COMMAND_LINE.test(code))).toEqual([])
})

test('every act that the log can bear has a word on the screen', () => {
  const acts = serverActs()
  expect(acts.length).toBeGreaterThanOrEqual(50)
  expect(acts.filter((act) => !zh.has(`history.act.${act}`))).toEqual([])
})

test('both languages speak of the same values', () => {
  const values = (said: string) => [...said.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
  const wrong = [...zh].filter(([key, said]) => values(said).join() !== values(en.get(key) ?? '').join())
  expect(wrong.map(([key]) => key)).toEqual([])
})

test('every word a screen asks for exists', () => {
  const domains = Object.keys(chinese).map(domainOf).join('|')
  const key = new RegExp(`['\`]((?:${domains})(?:\\.[A-Za-z]\\w*)+)['\`]`, 'g')
  const missing = files.flatMap(({ file, text }) =>
    [...text.matchAll(key)].flatMap(([, asked]) => {
      const known = asked === undefined || zh.has(asked) || [...zh.keys()].some((one) => one.startsWith(`${asked}.`))
      return known ? [] : [`${file}: ${asked}`]
    }),
  )
  expect(missing).toEqual([])
})

test('no screen carries Chinese of its own', () => {
  const markup = (text: string) =>
    text
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, '')
      .replace(/(^|[^:])\/\/.*$/gm, '$1')
  const allowed = ['中', '中文']
  const found = files.flatMap(({ file, text }) =>
    [...markup(text).matchAll(/\p{Script=Han}+/gu)].filter(([said]) => !allowed.includes(said)).map(([said]) => `${file}: ${said}`),
  )
  expect(found).toEqual([])
})
