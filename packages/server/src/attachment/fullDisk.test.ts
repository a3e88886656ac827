import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, bench } from '../testing/fileBench.js'
import { removeStores } from '../testing/store.js'
import { told } from '../testing/told.js'

let b: Bench
let disk: ReturnType<typeof smallDisk>
beforeAll(async () => {
  b = await bench()
  disk = smallDisk(join(b.dataDir, 'files'))
})
afterAll(async () => {
  disk.remove()
  await b.app.close()
  await b.store.close()
  await removeStores()
})

const SMALL = 400_000
/** A disk of its own that is soon full; where nobody may mount one, this process may write no large file. */
function smallDisk(folder: string) {
  mkdirSync(folder, { recursive: true })
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' })
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${SMALL}`, 'tmpfs', folder)
    return { what: 'a disk of its own', grow: () => run('mount', '-o', 'remount,size=50m', folder), remove: () => run('umount', folder) }
  } catch {
    const limit = (bytes: number | string) => run('prlimit', '--pid', String(process.pid), `--fsize=${bytes}:`)
    limit(SMALL)
    return { what: 'a limit on files', grow: () => limit('unlimited'), remove: () => undefined }
  }
}
/** A photo that does not get small. */
const noise = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
    .jpeg({ quality: 90 })
    .toBuffer()
const lying = () => readdirSync(join(b.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
const rows = async () => Number((await b.store.reader.all('select count(*) as n from attachment'))[0]!['n'])

test('a disk that is full while a photo comes in: told in words, nothing half is left of it, small ones still go in, and with room it goes in as it is', async () => {
  const large = await noise(1_000)
  expect(large.length).toBeGreaterThan(SMALL)
  expect(large.length).toBeLessThan(2 * 1024 * 1024)
  expect((await b.send('village', [{ name: '小.jpg', bytes: await noise(40) }])).statusCode).toBe(200)
  for (const parts of [1, 3]) {
    const [before, files] = [await rows(), lying().length]
    const answer = await b.send('village', [{ name: '大.jpg', bytes: large }, ...Array.from({ length: parts - 1 }, () => ({ name: '又一.jpg', bytes: large }))])
    expect([answer.statusCode, answer.json()]).toEqual([507, { code: 'DISK_FULL', message: '服务器磁盘已满，这次没有保存；请联系管理员腾出空间后再试' }])
    expect([await rows(), lying().length]).toEqual([before, files])
  }
  expect((await b.send('village', [{ name: '小 2.jpg', bytes: await noise(50) }])).statusCode).toBe(200)
  told(`on ${disk.what}, ${statfsSync(join(b.dataDir, 'files')).bavail} blocks left: 2 uploads refused in words, 0 files and 0 rows half`)
  disk.grow()
  const answer = await b.send('village', [{ name: '大.jpg', bytes: large }])
  expect(answer.statusCode).toBe(200)
  const [{ id }] = (answer.json() as { files: [{ id: string }] }).files
  const shown = await b.get('village', `/files/${id}`)
  expect([shown.statusCode, shown.rawPayload.length > SMALL]).toEqual([200, true])
})
