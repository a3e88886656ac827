import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import { needOwnPage } from '../attachment/ownPage.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, Role, SignedIn } from '../shared/context.js'
import { XLSX } from '../shared/excelWrite.js'
import { Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { exportList } from './exportList.js'
import { importLedger, type Progress, type Wish } from './importLedger.js'
import type { LedgerKind } from './ledger.js'
import { linesOf } from './lines.js'
import { receiveLedger } from './receiveLedger.js'
import { refusedFile } from './refusedFile.js'
import { templateFile } from './template.js'
import { townOfImporter } from './whoImports.js'

export interface LedgerRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  schemaFor(role: Role): GraphQLSchema
  publicUrl: string
}
type ByKind = { Params: { kind: string }; Querystring: Record<string, string | undefined> }

/** Ledgers in (POST /ledger/:kind), their refused rows and templates out, and their two lists as the ledgers' own workbooks. */
export async function ledgerRoutes(app: FastifyInstance, { contextOf, schemaFor, publicUrl }: LedgerRoutes): Promise<void> {
  if (!app.hasRequestDecorator('isMultipart')) await app.register(multipart, { throwFileSizeLimit: false })
  app.setErrorHandler(answerRefusal)
  const busy = new Set<string>()

  /** One ledger of an account at a time: reading a large one takes all of a processor. */
  async function alone<T>(ctx: SignedIn, work: () => Promise<T>): Promise<T> {
    if (busy.has(ctx.actor.id)) throw new Refusal('IMPORT_BUSY', '您有一份台账正在导入，请等它完成')
    busy.add(ctx.actor.id)
    return work().finally(() => busy.delete(ctx.actor.id))
  }
  async function sent(request: FastifyRequest<ByKind>, reply: FastifyReply): Promise<{ ctx: SignedIn; wish: Wish }> {
    needOwnPage(request, publicUrl)
    const ctx = entitled(await contextOf(request, reply), Capability.LEDGER_IMPORT)
    const { sheet, digest, dryRun, skipRefused } = request.query
    const file = await receiveLedger(request)
    return {
      ctx,
      wish: { ...file, kind: kindOf(request), town: townOfImporter(ctx.actor), sheet, digest, dryRun: dryRun === 'true', skipRefused: skipRefused === 'true' },
    }
  }

  app.post<ByKind>('/ledger/:kind', async (request, reply) => {
    const { ctx, wish } = await sent(request, reply)
    const work = (say?: (progress: Progress) => void) => alone(ctx, () => importLedger(ctx, wish, say))
    if (!request.headers.accept?.includes('application/x-ndjson')) return work()
    return reply
      .type('application/x-ndjson')
      .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .send(linesOf(work, (error) => request.log.error(error)))
  })
  app.post<ByKind>('/ledger/:kind/refused', async (request, reply) => {
    const { ctx, wish } = await sent(request, reply)
    const file = await alone(ctx, async () => refusedFile(wish.bytes, await importLedger(ctx, { ...wish, dryRun: true })))
    return download(reply, `退回的行 ${wish.fileName}`).send(Buffer.from(file))
  })
  app.get<ByKind>('/ledger/:kind/template.xlsx', async (request, reply) => {
    const ctx = entitled(await contextOf(request, reply), Capability.LEDGER_IMPORT)
    const kind = kindOf(request)
    return download(reply, kind === 'enterprises' ? '企业台账模板.xlsx' : '隐患台账模板.xlsx').send(
      Buffer.from(await templateFile(kind, ctx, townOfImporter(ctx.actor))),
    )
  })
  for (const kind of ['enterprises', 'hazards'] as const)
    app.get<Pick<ByKind, 'Querystring'>>(`/export/${kind}.xlsx`, async (request, reply) => {
      const context = await contextOf(request, reply)
      const { where, orderBy, search, queue, phones } = request.query
      const fullPhones = phones === 'full'
      const ctx = fullPhones ? entitled(context, Capability.ENTERPRISE_REVEAL) : signedIn(context, ...READERS)
      const { name, stream } = await exportList(kind, ctx, schemaFor(ctx.actor.role), { where, orderBy, search, queue, fullPhones })
      return download(reply, name).send(stream)
    })
}

function kindOf(request: FastifyRequest<ByKind>): LedgerKind {
  const { kind } = request.params
  if (kind === 'enterprises' || kind === 'hazards') return kind
  throw new Refusal('NOT_FOUND', '没有这种台账')
}

export const download = (reply: FastifyReply, name: string): FastifyReply =>
  reply.type(XLSX).headers({
    'content-disposition': `attachment; filename="list.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
