import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DiskFiles, nameOf, thumbNameOf } from './files.js'

let directory: string
let files: DiskFiles
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anbiao-files-'))
  files = new DiskFiles(directory)
})
afterEach(() => rm(directory, { recursive: true }))

const bytes = Buffer.from('现场')
const name = nameOf(bytes)
const aged = (path: string) => utimes(path, new Date('2026-01-01'), new Date('2026-01-01'))

test('what was put lies under its hash and comes back byte for byte', async () => {
  await files.put(name, bytes)
  expect(await readdir(join(directory, name.slice(0, 2)))).toEqual([name])
  expect(await readdir(join(directory, 'tmp'))).toEqual([])
  const stored = await files.stream(name)
  expect(stored!.bytes).toBe(bytes.length)
  expect(await buffer(stored!.body)).toEqual(bytes)
  await files.remove(name)
  expect(await files.has(name)).toBe(false)
  expect(await files.stream(name)).toBeUndefined()
})

test('many who put the same bytes at once leave one whole file', async () => {
  await Promise.all(Array.from({ length: 20 }, () => files.put(name, bytes)))
  expect(await buffer((await files.stream(name))!.body)).toEqual(bytes)
  expect(await readdir(join(directory, 'tmp'))).toEqual([])
})

test.each(['../../etc/passwd', '..', 'a', `${name}/../x`, `${name}\0`, `${name}.exe`])('%j is no name of ours', async (wrong) => {
  await expect(files.put(wrong, bytes)).rejects.toThrow('not a name')
  await expect(files.stream(wrong)).rejects.toThrow('not a name')
})

test('a sweep removes what is old and kept by nobody, and what a stopped process left behind', async () => {
  const [kept, lost, young] = [Buffer.from('kept'), Buffer.from('lost'), Buffer.from('young')].map((one) => ({ one, name: nameOf(one) }))
  for (const { one, name } of [kept!, lost!, young!]) await files.put(name, one)
  await files.put(thumbNameOf(kept!.name), kept!.one)
  await writeFile(join(directory, 'tmp', 'half'), 'x')
  await aged(join(directory, 'tmp', 'half'))
  for (const { name } of [kept!, lost!]) await aged(join(directory, name.slice(0, 2), name))
  expect(await files.sweep(new Date('2026-06-01'), (names) => Promise.resolve(new Set(names.filter((one) => one === kept!.name))))).toBe(2)
  expect(await Promise.all([kept!, lost!, young!].map(({ name }) => files.has(name)))).toEqual([true, false, true])
})

test('putting a file again makes it young, so that a sweep spares what is being uploaded', async () => {
  await files.put(name, bytes)
  await aged(join(directory, name.slice(0, 2), name))
  await files.put(name, bytes)
  expect(await files.sweep(new Date('2026-06-01'), () => Promise.resolve(new Set()))).toBe(0)
  expect(await files.has(name)).toBe(true)
})
