import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Bucket } from '../attachment/bucketFiles.js'
import { guard } from './signatures.js'

/** A server of its own that speaks S3, with one empty bucket, behind somebody who reckons the signatures; gone with its files at the end. */
export async function startBucket(): Promise<{ bucket: Bucket; inside: string; stop(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'anbiao-bucket-'))
  const program = join(dirname(createRequire(import.meta.url).resolve('s3rver/package.json')), 'bin', 's3rver.js')
  // Its page marks are enciphered in a way that Node has put aside.
  const args = ['--openssl-legacy-provider', program, '-a', '127.0.0.1', '-p', '0', '-d', directory, '--configure-bucket', 'anbiao']
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } })
  const kill = () => void server.kill('SIGKILL')
  process.once('exit', kill)
  let said = ''
  const port = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000)
      const found = /listening on \S*?:(\d+)/.exec(said)?.[1]
      if (found) resolve(found)
    }
    server.stdout.on('data', hear)
    server.stderr.on('data', hear)
    server.once('exit', (code) => reject(new Error(`the bucket ended with ${code}:\n${said}`)))
  })
  const inside = `http://127.0.0.1:${port}/anbiao`
  const guarded = await guard({ url: inside, key: 'S3RVER', secret: 'S3RVER', region: 'us-east-1' })
  return {
    bucket: guarded.bucket,
    /** The same bucket, for somebody else who lays things in it. */
    inside,
    stop: async () => {
      await guarded.stop()
      process.off('exit', kill)
      const gone = new Promise((resolve) => server.once('exit', resolve))
      if (server.kill('SIGKILL')) await gone
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
