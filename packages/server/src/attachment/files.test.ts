import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { AwsV4Signer } from 'aws4fetch'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBucket } from '../testing/bucket.js'
import { BucketFiles } from './bucketFiles.js'
import { checkBucket } from './openFiles.js'
import { DiskFiles, type FileStore, nameOf, thumbNameOf } from './files.js'

let folder: string
let s3: Awaited<ReturnType<typeof startBucket>>
beforeAll(async () => void (s3 = await startBucket()))
afterAll(() => s3.stop())
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'anbiao-files-'))))
afterEach(() => rm(folder, { recursive: true }))

const bytes = Buffer.from('现场')
const name = nameOf(bytes)
const aged = (path: string) => utimes(path, new Date('2026-01-01'), new Date('2026-01-01'))
const nobody = () => Promise.resolve(new Set<string>())
const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000)
let rooms = 0
/** What a store says when it refuses. */
const codeOf = async (answer: Response) => /<Code>(\w+)/.exec(await answer.text())?.[1] ?? ''

/** The same promises of both stores; a bucket is shared, so each test has a folder of its own in it. */
describe.each<[string, () => FileStore]>([
  ['a folder of this machine', () => new DiskFiles(join(folder, 'files'))],
  ['a bucket of a server that speaks S3', () => new BucketFiles(s3.bucket, `room${rooms++}`)],
])('%s', (_what, open) => {
  let files: FileStore
  beforeEach(() => void (files = open()))

  test('gives back byte for byte what was put, and nothing once it is removed', async () => {
    expect(await files.has(name)).toBe(false)
    expect(await files.stream(name)).toBeUndefined()
    await files.put(name, bytes)
    expect(await files.has(name)).toBe(true)
    const stored = await files.stream(name)
    expect(stored!.bytes).toBe(bytes.length)
    expect(await buffer(stored!.body)).toEqual(bytes)
    await files.remove(name)
    await files.remove(name)
    expect(await files.has(name)).toBe(false)
  })

  test('takes many who put the same bytes at once and keeps one whole file', async () => {
    await Promise.all(Array.from({ length: 20 }, () => files.put(name, bytes)))
    expect(await buffer((await files.stream(name))!.body)).toEqual(bytes)
  })

  test('takes a file that was written on this machine, as large as it is', async () => {
    const large = Buffer.alloc(9 * 1024 * 1024, '文书')
    const paper = '0193aaaa-0000-7000-8000-000000000000.pdf'
    const path = join(folder, 'written')
    await writeFile(path, large)
    await files.putFile(paper, path)
    expect(await readdir(folder)).not.toContain('written')
    const stored = await files.stream(paper)
    expect(stored!.bytes).toBe(large.length)
    expect((await buffer(stored!.body)).equals(large)).toBe(true)
  })

  test.each(['../../etc/passwd', '..', 'a', `${name}/../x`, `${name}\0`, `${name}.exe`, `${name}?x=1`])('%j is no name of ours', async (wrong) => {
    await expect(files.put(wrong, bytes)).rejects.toThrow('not a name')
    await expect(files.stream(wrong)).rejects.toThrow('not a name')
  })

  test('a sweep removes what nobody keeps, and nothing that is young', async () => {
    const [kept, lost] = [Buffer.from('kept'), Buffer.from('lost')].map((one) => ({ one, name: nameOf(one) }))
    for (const { one, name } of [kept!, lost!]) await files.put(name, one)
    await files.put(thumbNameOf(kept!.name), kept!.one)
    expect(await files.sweep(hour(-1), nobody)).toBe(0)
    const asked: string[] = []
    const keep = (names: string[]) => Promise.resolve(new Set((asked.push(...names), names.filter((one) => one.startsWith(kept!.name)))))
    expect(await files.sweep(hour(1), keep)).toBe(1)
    expect(asked.sort()).toEqual([kept!.name, thumbNameOf(kept!.name), lost!.name].sort())
    expect(await Promise.all([kept!, lost!].map(({ name }) => files.has(name)))).toEqual([true, false])
    expect(await files.sweep(hour(1), nobody)).toBe(2)
  })
})

describe('a folder', () => {
  let files: DiskFiles
  const at = (...parts: string[]) => join(folder, ...parts)
  beforeEach(() => void (files = new DiskFiles(folder)))

  test('holds each file under its hash, and nothing half written', async () => {
    await files.put(name, bytes)
    expect(await readdir(at(name.slice(0, 2)))).toEqual([name])
    expect(await readdir(at('tmp'))).toEqual([])
  })

  test('loses in a sweep what a stopped process left behind', async () => {
    await files.put(name, bytes)
    await writeFile(at('tmp', 'half'), 'x')
    await aged(at('tmp', 'half'))
    expect(await files.sweep(new Date('2026-06-01'), nobody)).toBe(1)
    expect(await files.has(name)).toBe(true)
  })

  test('makes a file young that is put again, so that a sweep spares what is being uploaded', async () => {
    await files.put(name, bytes)
    await aged(at(name.slice(0, 2), name))
    await files.put(name, bytes)
    expect(await files.sweep(new Date('2026-06-01'), nobody)).toBe(0)
    expect(await files.has(name)).toBe(true)
  })
})

describe('a bucket', () => {
  test.each([
    [{ secret: 'another' }, 'S3_SECRET=… is not valid'],
    [{ key: 'guessed' }, 'S3_KEY=… is not valid'],
    [{ region: 'elsewhere' }, 'S3_REGION=… is not valid'],
    [{ url: 'http://127.0.0.1:1/anbiao' }, 'S3_URL=http://127.0.0.1:1/anbiao is not valid'],
  ])('with the settings %j lets no process start, and names the one that is wrong', async (wrong, sentence) => {
    await expect(checkBucket({ bucket: { ...s3.bucket, ...wrong } })).rejects.toThrow(sentence)
    await expect(checkBucket(s3)).resolves.toBeUndefined()
  })

  test('takes nothing that is not signed, signed with another secret, or changed on its way', async () => {
    const put = (headers: Record<string, string>, body = 'x') => fetch(`${s3.bucket.url}/files/one`, { method: 'PUT', headers, body }).then(codeOf)
    expect(await put({})).toBe('AccessDenied')
    const signed = (secret: string, date?: string) =>
      new AwsV4Signer({
        ...{ url: `${s3.bucket.url}/files/one`, method: 'PUT', body: 'x', service: 's3', region: s3.bucket.region, accessKeyId: s3.bucket.key },
        ...{ secretAccessKey: secret, ...(date ? { datetime: date } : {}), headers: { 'x-amz-content-sha256': nameOf(Buffer.from('x')) } },
      })
        .sign()
        .then(({ headers }) => Object.fromEntries(headers))
    expect(await put(await signed('another'))).toBe('SignatureDoesNotMatch')
    expect(await put(await signed(s3.bucket.secret), 'y')).toBe('XAmzContentSHA256Mismatch')
    expect(await put(await signed(s3.bucket.secret, '20260101T000000Z'))).toBe('RequestTimeTooSkewed')
    expect(await put(await signed(s3.bucket.secret))).toBe('')
  })

  test('is told from a wrong key, a missing bucket and a server that is away before anybody needs it', async () => {
    await expect(new BucketFiles(s3.bucket, 'files').check()).resolves.toBeUndefined()
    for (const wrong of [{ key: 'guessed' }, { url: s3.bucket.url.replace('anbiao', 'nowhere') }, { url: 'http://127.0.0.1:1/anbiao' }])
      await expect(new BucketFiles({ ...s3.bucket, ...wrong }, 'files').check()).rejects.toMatchObject({ code: 'FILES_AWAY' })
  })

  test('that is away keeps nothing and says so in words for people', async () => {
    const away = new BucketFiles({ ...s3.bucket, url: 'http://127.0.0.1:1/anbiao' }, 'files')
    await expect(away.put(name, bytes)).rejects.toMatchObject({ code: 'FILES_AWAY', message: expect.stringContaining('附件存储暂时连不上') })
    await expect(away.stream(name)).rejects.toMatchObject({ code: 'FILES_AWAY' })
    // There is a server, but the bucket has been taken away from under it: nothing was kept.
    const gone = new BucketFiles({ ...s3.bucket, url: s3.bucket.url.replace('anbiao', 'nowhere') }, 'files')
    await expect(gone.put(name, bytes)).rejects.toMatchObject({ code: 'FILES_AWAY' })
  })

  test('where others lay something of theirs is swept all the same, and theirs stays', async () => {
    await fetch(`${s3.inside}/shared/readme.txt`, { method: 'PUT', body: 'not ours' })
    const files = new BucketFiles(s3.bucket, 'shared')
    await files.put(name, bytes)
    expect(await files.sweep(hour(1), nobody)).toBe(1)
    expect(await (await fetch(`${s3.inside}/shared/readme.txt`)).text()).toBe('not ours')
  })

  test('with more files than one page of its list holds is swept whole', async () => {
    const files = new BucketFiles(s3.bucket, 'many', 5)
    await Promise.all(Array.from({ length: 12 }, (_, i) => Buffer.from(`file ${i}`)).map((one) => files.put(nameOf(one), one)))
    expect(await files.sweep(hour(1), nobody)).toBe(12)
  })
})
