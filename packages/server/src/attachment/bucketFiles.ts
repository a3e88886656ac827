import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import { Refusal } from '../shared/refusal.js'
import { BATCH, type FileStore, isName, needName, type StoredFile } from './files.js'

/** A bucket of any store that speaks S3: the address under which its objects lie, by path or by host name. */
export interface Bucket {
  url: string
  key: string
  secret: string
  region: string
}

const TRIES = 3
/** Until the store says something; a whole file may take longer. */
const ANSWER_MS = 15_000
const UPLOAD_MS = 300_000
const SURE_OF_NOTHING = 'UNSIGNED-PAYLOAD'
const GONE = 404
const NO_BUCKET = 'the bucket is not there'

/** Files in a bucket, so that every process of a store serves what any of them has taken: `files/ab/abcdef…`, whole or not at all. */
export class BucketFiles implements FileStore {
  readonly #client: AwsClient

  constructor(
    private readonly bucket: Bucket,
    private readonly folder: string,
    private readonly page = 1_000,
  ) {
    this.#client = new AwsClient({ accessKeyId: bucket.key, secretAccessKey: bucket.secret, region: bucket.region, service: 's3', retries: 0 })
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    // A name that is the hash of its bytes is what the store checks them against; putting them again makes them young.
    await this.#store(name, bytes as Uint8Array<ArrayBuffer>, /^[0-9a-f]{64}$/.test(name) ? name : SURE_OF_NOTHING)
  }

  async putFile(name: string, path: string): Promise<void> {
    await this.#store(name, await openAsBlob(path), SURE_OF_NOTHING)
    await rm(path, { force: true })
  }

  async stream(name: string): Promise<StoredFile | undefined> {
    const answer = await this.#ask('GET', this.#addressOf(name))
    if (answer.status === GONE) return undefined
    return { bytes: Number(answer.headers.get('content-length')), body: Readable.fromWeb(answer.body as ReadableStream) }
  }

  async has(name: string): Promise<boolean> {
    return (await this.#ask('HEAD', this.#addressOf(name))).status !== GONE
  }

  async remove(name: string): Promise<void> {
    await (await this.#ask('DELETE', this.#addressOf(name))).arrayBuffer()
  }

  async sweep(before: Date, kept: (names: string[]) => Promise<Set<string>>): Promise<number> {
    let removed = 0
    const old: string[] = []
    const clear = async (part: string[]) => {
      const keep = await kept(part)
      const gone = part.filter((name) => !keep.has(name))
      for (const name of gone) await this.remove(name)
      removed += gone.length
    }
    for await (const { name, at } of this.#listed()) {
      if (at < before) old.push(name)
      if (old.length === BATCH) await clear(old.splice(0))
    }
    if (old.length) await clear(old)
    return removed
  }

  /** Asks for nothing much, to find out at the start whether the settings are right. */
  async check(): Promise<void> {
    const answer = await this.#ask('GET', `${this.bucket.url}?list-type=2&max-keys=1`)
    if (answer.status === GONE) throw away(NO_BUCKET)
    await answer.arrayBuffer()
  }

  /** What lies in the folder, page by page; the keys are of our own making and need no unescaping. */
  async *#listed(): AsyncGenerator<{ name: string; at: Date }> {
    let more: string | undefined
    do {
      const asked = new URLSearchParams({
        'list-type': '2',
        prefix: `${this.folder}/`,
        'max-keys': String(this.page),
        ...(more ? { 'continuation-token': more } : {}),
      })
      const page = await (await this.#ask('GET', `${this.bucket.url}?${asked.toString()}`)).text()
      for (const [, inner = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const key = valueOf(inner, 'Key') ?? ''
        const name = key.split('/').at(-1)!
        const at = valueOf(inner, 'LastModified')
        // What somebody else has laid there is left alone.
        if (at && isName(name) && key === `${this.folder}/${name.slice(0, 2)}/${name}`) yield { name, at: new Date(at) }
      }
      more = valueOf(page, 'NextContinuationToken')
    } while (more)
  }

  #addressOf(name: string): string {
    return `${this.bucket.url}/${this.folder}/${needName(name).slice(0, 2)}/${name}`
  }

  async #store(name: string, body: Uint8Array<ArrayBuffer> | Blob, sha256: string): Promise<void> {
    const headers = { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' }
    const answer = await this.#ask('PUT', this.#addressOf(name), { body, headers }, UPLOAD_MS)
    if (answer.status === GONE) throw away(NO_BUCKET)
    await answer.arrayBuffer()
  }

  /** Every answer but a success and "not there" is an error; what may pass by itself is tried again. */
  async #ask(
    method: string,
    url: string,
    init: { body?: Uint8Array<ArrayBuffer> | Blob; headers?: Record<string, string> } = {},
    waitMs = ANSWER_MS,
  ): Promise<Response> {
    let last: unknown
    for (let tried = 0; tried < TRIES; tried++) {
      if (tried) await new Promise((resolve) => setTimeout(resolve, 100 * 3 ** tried * Math.random()))
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), waitMs)
      try {
        const answer = await this.#client.fetch(url, { method, ...init, signal: late.signal })
        if (answer.ok || answer.status === GONE) return answer
        last = `${answer.status} ${(await answer.text()).slice(0, 300)}`
        if (answer.status < 500 && answer.status !== 429) break
      } catch (error) {
        last = error
      } finally {
        clearTimeout(timer)
      }
    }
    throw away(last)
  }
}

const valueOf = (xml: string, tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]?.replaceAll('&amp;', '&')

/** What the store itself said goes to the operator only. */
function away(cause: unknown): Refusal {
  return Object.assign(new Refusal('FILES_AWAY', '附件存储暂时连不上，请稍后再试；一直这样请联系管理员'), { cause })
}
