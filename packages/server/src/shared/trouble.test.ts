import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { recount } from '../board/recount.js'
import { sqliteFile } from '../store.js'
import { engine, migratedStore, removeStores } from '../testing/store.js'
import { told } from '../testing/told.js'
import { openTown, type Town } from '../testing/town.js'
import { openClient } from './openClient.js'
import { trouble } from './trouble.js'
import { verifyLog } from './verify.js'

const sqlite = engine() === 'sqlite'
const CREATE = 'mutation { boardLinkCreate(name: "会议室", division: "350524106", expiresOn: "2026-04-01") { link { id } } }'
const LINKS = '{ boardLinks { totalCount } }'

let town: Town | undefined
afterEach(async () => {
  vi.restoreAllMocks()
  await town?.close()
  town = undefined
  await removeStores()
})

/** As many as were told to be made are there, each with its row of the log, and nothing else. */
async function needWhole({ store, get }: Town, made: number): Promise<void> {
  expect(await get('town', LINKS)).toEqual({ boardLinks: { totalCount: made } })
  expect(Number((await store.reader.all("select count(*) as n from change where act = 'boardLinkCreate'"))[0]!['n'])).toBe(made)
  expect((await verifyLog(store.reader)).broken).toBeUndefined()
  expect((await recount(store.em(undefined), { repair: false })).wrong).toEqual([])
}

describe.runIf(sqlite)('on one machine', () => {
  test('a full disk: whoever acts is told so in words, nothing is half, reading goes on, and with room the next act is done without a restart', async () => {
    const of = (town = await openTown())
    const pragma = (words: string) => of.store.em(undefined).getConnection().execute(`pragma ${words}`)
    await of.as('town')
    const [{ page_count: pages }] = (await pragma('page_count')) as [{ page_count: number }]
    await pragma(`max_page_count = ${pages}`)
    let made = 0
    let refused: Awaited<ReturnType<Town['ask']>> | undefined
    for (let n = 0; n < 2_000 && !refused; n++) {
      const answer = await of.ask('town', CREATE)
      if (answer.errors) refused = answer
      else made++
    }
    expect(refused!.errors![0]).toMatchObject({ message: '服务器磁盘已满，这次没有保存；请联系管理员腾出空间后再试', extensions: { code: 'DISK_FULL' } })
    await needWhole(of, made)
    for (let n = 0; n < 20; n++) expect(await of.code('town', CREATE)).toBe('DISK_FULL')
    await needWhole(of, made)
    await pragma('max_page_count = 1000000')
    expect(await of.code('town', CREATE)).toBeUndefined()
    await needWhole(of, made + 1)
    told(`full after ${made} acts; 21 refused in words, 0 half; the next with room is done`)
  })
})

test('a store that somebody holds: acts wait beside reading, are refused in words after a while, and are done as soon as it is let go', async () => {
  const where = await migratedStore()
  const short = where.DATABASE_URL && { ...where, DATABASE_URL: `${where.DATABASE_URL}?options=-c%20lock_timeout%3D2000` }
  const of = (town = await openTown({}, short || where))
  await of.as('town')
  const holder = await (sqlite ? holdFile(sqliteFile({ dataDir: where.DATA_DIR })) : holdRow(where.DATABASE_URL!))
  try {
    const soon = of.code('town', CREATE)
    await pause(300)
    // The process is not stopped by waiting: reading is answered meanwhile.
    const began = performance.now()
    for (let n = 0; n < 20; n++) expect(await of.get('town', LINKS)).toEqual({ boardLinks: { totalCount: 0 } })
    const reading = performance.now() - began
    const [first, second] = await Promise.all([soon, of.ask('town', CREATE), ...Array.from({ length: 6 }, () => of.ask('town', CREATE))])
    const refusing = performance.now() - began
    expect(first).toBe('DATABASE_BUSY')
    expect(second.errors![0]).toMatchObject({ message: expect.stringMatching(/^数据库正.+没有保存.+请稍后再试/), extensions: { code: 'DATABASE_BUSY' } })
    expect(await of.get('town', LINKS)).toEqual({ boardLinks: { totalCount: 0 } })
    const waiting = of.code('town', CREATE)
    await pause(300)
    await holder.let()
    expect(await waiting).toBeUndefined()
    await needWhole(of, 1)
    told(
      `held: 8 acts refused together in words after ${(refusing / 1_000).toFixed(0)} s, 0 half; 20 readings meanwhile in ${reading.toFixed(0)} ms; one that waited is done`,
    )
  } finally {
    await holder.let()
  }
})

interface Holder {
  let(): Promise<void>
}

/** Another process that takes the write lock of a store and keeps it. */
async function holdFile(file: string): Promise<Holder> {
  const program = `const db = new (require('better-sqlite3'))(${JSON.stringify(file)}); db.exec('begin immediate'); console.log('held'); process.stdin.once('data', () => { db.exec('rollback'); process.exit() })`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return {
    let: () => {
      child.stdin.write('now')
      return gone
    },
  }
}

/** Somebody who has the end of the log, as each act needs it, and does not go on. */
async function holdRow(url: string): Promise<Holder> {
  const client = await openClient(url)
  await client.query('begin; select 1 from chain_head for update')
  let ended: Promise<void> | undefined
  return { let: () => (ended ??= client.end()) }
}

test('what the engines and the disk call it, however deep it lies, is one of three sentences; everything else is a fault of ours', () => {
  const coded = (code: string, cause?: Error) => Object.assign(new Error('low level words'), { code }, cause && { cause })
  for (const code of ['SQLITE_FULL', 'ENOSPC', 'EDQUOT', '53100']) expect(trouble(coded(code))).toMatchObject({ code: 'DISK_FULL' })
  for (const code of ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', '55P03']) expect(trouble(coded(code))).toMatchObject({ code: 'DATABASE_BUSY' })
  expect(trouble(coded('outer', coded('ENOSPC')))).toMatchObject({ code: 'DISK_FULL' })
  const refused = new AggregateError([new Error('connect ECONNREFUSED ::1:5432'), new Error('connect ECONNREFUSED 127.0.0.1:5432')])
  const gone = [new Error('Connection terminated unexpectedly'), new Error('Client has encountered a connection error and is not queryable')]
  for (const away of [coded('57P01'), coded('57P03'), coded('08006'), coded('ECONNRESET'), coded('outer', gone[0]), refused, ...gone])
    expect(trouble(away), String(away)).toMatchObject({ code: 'DATABASE_AWAY', cause: away })
  for (const other of [coded('SQLITE_CORRUPT'), new Error('SQLITE_FULL'), undefined, 'ENOSPC']) expect(trouble(other)).toBeUndefined()
})

const ID = '01957a00-0000-7000-8000-000000000000'
const DOWNLOADS = [
  ...[`/files/${ID}`, `/campaigns/tasks/${ID}.xlsx`, `/nominations/${ID}.pdf`, `/dossier/packs/${ID}.zip`, `/dossier/${ID}.pdf`, '/posters/report.pdf'],
  ...[`/assessments/${ID}.pdf`, '/export/standardisation.xlsx', '/export/hazards.xlsx', '/summaries/table.xlsx', `/summaries/${ID}.docx`],
  ...['/ledger/hazards/template.xlsx', `/letters/${ID}.pdf`, `/letters/batches/${ID}`, `/extensions/${ID}.docx`, `/q/results/${ID}`],
]

const UPLOADS = ['/files', '/ledger/hazards', `/norms/${ID}/items`, `/norms/${ID}/files`, `/dossier/packs/${ID}/receipt`]

test('whatever is downloaded or sent up, a database that is away is told in the words of the graph', async () => {
  const of = (town = await openTown())
  const headers = { authorization: `Bearer ${await of.as('town')}` }
  const away = async () => {
    throw Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' })
  }
  for (const read of ['all', 'run'] as const) vi.spyOn(of.store.reader, read).mockImplementation(away)
  vi.spyOn(of.store.em(undefined).getConnection(), 'execute').mockImplementation(away)
  const answers = []
  for (const url of [...DOWNLOADS, ...UPLOADS]) {
    const { statusCode, body } = await of.app.fastify.inject({ url, method: UPLOADS.includes(url) ? 'POST' : 'GET', headers })
    answers.push({ url, statusCode, code: (JSON.parse(body) as { code: string }).code })
    expect(body).not.toContain('10.1.2.3')
  }
  expect(answers).toEqual([...DOWNLOADS, ...UPLOADS].map((url) => ({ url, statusCode: 503, code: 'DATABASE_AWAY' })))
})
