import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Bucket } from '../attachment/bucketFiles.js'

/** As long as a signature holds, for S3. */
const HOLDS_MS = 15 * 60_000

class Sha256 {
  readonly #hash: Hash | Hmac
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string | Buffer)
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data)
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }
  reset(): void {}
}

/**
 * Stands before a server that does not reckon signatures, and reckons them with the signer of Amazon's own SDK: what our client
 * signs otherwise than Amazon would is refused as a store refuses it.
 */
export async function guard(bucket: Bucket): Promise<{ bucket: Bucket; stop(): Promise<void> }> {
  const inner = new URL(bucket.url)
  const server = createServer((asked, answer) => void pass(asked, answer, bucket, inner))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    bucket: { ...bucket, url: `http://127.0.0.1:${port}${inner.pathname}` },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function pass(asked: IncomingMessage, answer: ServerResponse, bucket: Bucket, inner: URL): Promise<void> {
  const body = await buffer(asked)
  const wrong = await fault(asked, body, bucket)
  if (wrong) return void answer.writeHead(403, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?><Error><Code>${wrong}</Code></Error>`)
  const onward = forward({ host: inner.hostname, port: inner.port, path: asked.url, method: asked.method, headers: asked.headers }, (reply) => {
    answer.writeHead(reply.statusCode!, reply.headers)
    reply.pipe(answer)
  })
  onward.on('error', () => answer.writeHead(502).end())
  onward.end(body)
}

/** The code with which a store refuses; undefined: nothing is wrong. */
async function fault({ method, url, headers }: IncomingMessage, body: Buffer, bucket: Bucket): Promise<string | undefined> {
  const [, key, region, signed = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=/.exec(headers.authorization ?? '') ?? []
  if (!key) return 'AccessDenied'
  if (key !== bucket.key) return 'InvalidAccessKeyId'
  if (region !== bucket.region) return 'AuthorizationHeaderMalformed'
  const date = instantOf(String(headers['x-amz-date']))
  if (Math.abs(Date.now() - date.getTime()) > HOLDS_MS) return 'RequestTimeTooSkewed'
  const names = signed.split(';')
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) return 'AccessDenied'
  const said = String(headers['x-amz-content-sha256'])
  if (said !== 'UNSIGNED-PAYLOAD' && said !== createHash('sha256').update(body).digest('hex')) return 'XAmzContentSHA256Mismatch'
  const asked = new URL(url!, 'http://x')
  const signer = new SignatureV4({
    ...{ service: 's3', region, sha256: Sha256, uriEscapePath: false, applyChecksum: false },
    credentials: { accessKeyId: bucket.key, secretAccessKey: bucket.secret },
  })
  const right = await signer.sign(
    {
      ...{ method: method!, protocol: 'http:', hostname: String(headers.host), path: asked.pathname, query: Object.fromEntries(asked.searchParams) },
      headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
    },
    { signingDate: date, signableHeaders: new Set(names) },
  )
  return right.headers['authorization'] === headers.authorization ? undefined : 'SignatureDoesNotMatch'
}

/** `20260102T030405Z`. */
const instantOf = (stamp: string) => new Date(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
