import { request as http } from 'node:http'
import { request as https } from 'node:https'
import type { LookupFunction } from 'node:net'
import { addressOf } from './address.js'
import type { Outside } from './outside.js'
import type { Outgoing } from './styles.js'

const PATIENCE_MS = 10_000
const MOST_BYTES = 64 * 1024

/** Posts once; follows no redirect, and connects to no other address than the one that was judged. */
export async function post({ url, headers, body }: Outgoing, outside: Outside): Promise<{ status: number; answer: string }> {
  const { address, family } = await addressOf(url, outside)
  const pinned: LookupFunction = (_host, options, done) => (options.all ? done(null, [{ address, family }]) : done(null, address, family))
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? https : http
    const asked = send(url, {
      ...{ method: 'POST', lookup: pinned, agent: false, signal: AbortSignal.timeout(PATIENCE_MS) },
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    })
    asked.once('error', reject)
    asked.once('response', (response) => {
      let answer = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        answer += part
        if (answer.length > MOST_BYTES) response.destroy()
      })
      response.once('error', reject)
      response.once('close', () => resolve({ status: response.statusCode ?? 0, answer }))
    })
    asked.end(body)
  })
}
