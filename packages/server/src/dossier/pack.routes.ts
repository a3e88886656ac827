import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FileStore } from '../attachment/files.js'
import { needOwnPage } from '../attachment/ownPage.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { paperStream } from '../shared/excelWrite.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { zipStream, type ZipEntry } from '../shared/zipWrite.js'
import { cleanPath, shanghai } from './httpBits.js'
import { mappedColumns } from './pack.resolver.js'
import { CellFormat, ExportPack, PackSheet, SHEET_NAMES } from './pack.entity.js'
import { OWN_COLUMNS } from './packRows.js'
import type { Column } from './packCells.js'
import { toPdf } from '../paper/pdf.js'
import { printedDossier, printedName } from './printed.js'
import { dossierPrinter, packer } from './rights.js'
import { readReceipt } from './receipt.js'
import { takeReceipt } from './takeReceipt.js'

export interface PackRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  files: FileStore
  publicUrl: string
}
type ById = { Params: { id: string } }
const MOST_BYTES = 20 * 1024 * 1024

/** GET /dossier/packs/:id.zip: the pack as it was made. POST /dossier/packs/:id/receipt: what the platform answered. */
export async function packRoutes(app: FastifyInstance, { contextOf, files, publicUrl }: PackRoutes): Promise<void> {
  if (!app.hasRequestDecorator('isMultipart')) await app.register(multipart, { throwFileSizeLimit: false })
  app.setErrorHandler(answerRefusal)

  app.get<ById>('/dossier/packs/:id.zip', async (request, reply) => {
    const ctx = packer(await contextOf(request, reply))
    const pack = await ctx.em.findOne(ExportPack, { id: request.params.id })
    if (!pack) throw notFound('导出包')
    const columns = await mappedColumns(ctx.em)
    await act(ctx, 'exportPackFetch', ({ log }) => {
      const { id, division, station = null } = pack
      log([{ thing: 'ExportPack', record: id, act: 'exportPackFetch', diff: {}, division, station, enterprise: null, workshop: null }])
      return Promise.resolve()
    })
    return reply
      .type('application/zip')
      .headers({
        'content-disposition': `attachment; filename="pack.zip"; filename*=UTF-8''${encodeURIComponent(`${pack.number}.zip`)}`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(zipStream(entriesOf(ctx, pack, columns, files), new Date(pack.createdAt)))
  })

  app.get<ById>('/dossier/:id.pdf', async (request, reply) => {
    const ctx = dossierPrinter(await contextOf(request, reply))
    const paper = await printedDossier(ctx, request.params.id)
    return reply
      .type('application/pdf')
      .headers({
        'content-disposition': `inline; filename="dossier.pdf"; filename*=UTF-8''${encodeURIComponent(printedName(paper.name, ctx.now))}`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(toPdf([paper]))
  })

  app.post<ById>('/dossier/packs/:id/receipt', async (request, reply) => {
    needOwnPage(request, publicUrl)
    const ctx = packer(await contextOf(request, reply))
    const { bytes, name } = await received(request)
    return takeReceipt(ctx, request.params.id, await readReceipt(bytes, name))
  })
}

async function* entriesOf(ctx: SignedIn, pack: ExportPack, columns: ReadonlyMap<PackSheet, readonly Column[]>, files: FileStore): AsyncGenerator<ZipEntry> {
  const stamp = `导出人：${pack.madeByName} · 导出时间：${shanghai(new Date(pack.createdAt))} · 包号：${pack.number}${pack.whole ? '（全部）' : '（增量）'}`
  const fetched = `下载人：${ctx.actor.name} · 下载时间：${shanghai(ctx.now)} · 仅供上报市平台，请妥善保管`
  let nth = 0
  for (const [sheet, mapped] of columns) {
    const count = await countOf(ctx, pack, sheet)
    if (!count) continue
    const paper = {
      sheet: SHEET_NAMES[sheet],
      lines: [`${SHEET_NAMES[sheet]}（共 ${count} 行）`, stamp, fetched],
      columns: [
        ...OWN_COLUMNS.map((header) => ({ header, width: 38 })),
        ...mapped.map(({ title, format }) => ({ header: title, count: format === CellFormat.NUMBER })),
      ],
    }
    const body = paperStream(paper, cellsOf(ctx, pack, sheet, mapped.length))
    yield { name: `${String(++nth).padStart(2, '0')} ${SHEET_NAMES[sheet]}.xlsx`, body }
  }
  yield* documentsOf(ctx, pack, files)
  yield {
    name: '说明.txt',
    body: [
      Buffer.from(
        `\ufeff${stamp}\r\n${fetched}\r\n共 ${pack.rowCount} 行，${pack.fileCount} 个文件。\r\n回执请保留“记录编号”一列，加“结果”（成功、失败）和“原因”两列后上传。\r\n`,
      ),
    ],
  }
}

async function countOf({ reader }: SignedIn, { id }: ExportPack, sheet: PackSheet): Promise<number> {
  const [row] = await reader.all('select count(*) as n from export_pack_row where pack_id = ? and sheet = ?', [id, sheet])
  return Number(row!['n'])
}

async function* cellsOf({ reader }: SignedIn, { id }: ExportPack, sheet: PackSheet, width: number): AsyncGenerator<(string | number | null)[]> {
  for await (const row of reader.stream('select record, cells from export_pack_row where pack_id = ? and sheet = ? order by record', [id, sheet]))
    yield [String(row['record']), ...(JSON.parse(String(row['cells'])) as (string | number | null)[]).slice(0, width + 1)]
}

/** The files of the documents in the pack, each in the folder that its row names. */
async function* documentsOf({ reader }: SignedIn, { id }: ExportPack, files: FileStore): AsyncGenerator<ZipEntry> {
  const sql = `select a.name as file, a.sha256, d.code, d.issue, e.name as firm from export_pack_row r join dossier_document d on d.id = r.record join enterprise e on e.id = d.enterprise_id
    join attachment a on a.of_record = d.id and a.of_thing = 'DossierDocument' where r.pack_id = ? and r.sheet = 'DOCUMENT' and d.in_force order by e.name, d.code, a.id`
  const taken = new Set<string>()
  for await (const row of reader.stream(sql, [id])) {
    const stored = await files.stream(String(row['sha256']))
    if (!stored) continue
    const folder = `档案资料/${cleanPath(String(row['firm']))}/${String(row['code'])}-${String(row['issue'])}`
    let name = `${folder}/${cleanPath(String(row['file']))}`
    for (let n = 2; taken.has(name); n++) name = `${folder}/${n}-${cleanPath(String(row['file']))}`
    taken.add(name)
    yield { name, body: stored.body as AsyncIterable<Uint8Array> }
  }
}

async function received(request: FastifyRequest): Promise<{ bytes: Buffer; name: string }> {
  if (!request.isMultipart()) throw new Refusal('NOT_MULTIPART', '上传须用 multipart/form-data 格式')
  const part = await request.file({ limits: { fileSize: MOST_BYTES, files: 1, fields: 5, parts: 6 } })
  if (!part) throw new Refusal('NO_FILES', '没有收到文件，请先选择回执文件')
  const chunks: Buffer[] = []
  for await (const chunk of part.file as AsyncIterable<Buffer>) chunks.push(chunk)
  if (part.file.truncated) throw new Refusal('FILE_TOO_LARGE', `文件超过 ${MOST_BYTES >> 20} MB`)
  return { bytes: Buffer.concat(chunks), name: part.filename ?? '' }
}
