import type { SqlEntityManager } from '@mikro-orm/sql'
import { parse } from 'graphql'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contentDisposition } from '../attachment/fileName.js'
import { needOwnPage } from '../attachment/ownPage.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { answerFile, type Format, FORMATS, type Graph, MIME, type Wanted } from './answerFile.js'
import { type Body, bodyOf, partNamed, readForm } from './body.js'
import { exportPlaces } from './exportPlaces.js'
import { objectOf } from './facts.js'
import { questionFor } from './find.js'
import { listAsked } from './listAsked.js'
import { noteRun } from './noteRun.js'
import type { Question } from './question.entity.js'
import { partsOf, resultFor } from './results.js'
import { stillThere } from './stillThere.js'
import { valuesOf } from './values.js'

export interface QuestionRoutes {
  contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  /** The same, of somebody in person: an access token asks questions of its own and takes no list. */
  personOf(request: FastifyRequest, reply: FastifyReply): Promise<Context>
  graph: Graph
  store: { em(scope: undefined): SqlEntityManager; reader: Reader }
  publicUrl: string
}
type Search = Record<string, string | string[] | undefined>
interface Listed {
  Params: { list: string; format: string }
  Querystring: Search
}
interface Saved {
  Params: { key: string; format: string }
  Querystring: Search
}

/** Answers as files: a saved question (GET /q/:id.csv), what is on the screen (POST /q.csv), a month-end result, any list (GET /export/:list.xlsx). */
export async function questionRoutes(app: FastifyInstance, { contextOf, personOf, graph, store, publicUrl }: QuestionRoutes): Promise<void> {
  app.setErrorHandler(answerRefusal)
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, readForm(String(body))))
  const place = exportPlaces()
  const asker = async (request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> => entitled(await contextOf(request, reply), Capability.QUESTIONS)
  const reader = async (request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> => signedIn(await personOf(request, reply), ...READERS)

  async function give(
    request: FastifyRequest,
    reply: FastifyReply,
    context: SignedIn,
    wanted: Wanted,
    question?: Question,
    again = asker,
  ): Promise<FastifyReply> {
    const leave = place(context.actor)
    const started = Date.now()
    const note = (error?: string) => {
      leave()
      if (question === undefined) return
      const ms = Date.now() - started
      const outcome = error === undefined ? { rows: made?.rows() ?? 0, ms } : { error, ms }
      noteRun(store.em(undefined), question, context.actor.id, context.now, outcome).catch((why: unknown) => request.log.error(why))
    }
    let made: Awaited<ReturnType<typeof answerFile>> | undefined
    try {
      made = await answerFile(graph, { context, now: stillThere(context, () => again(request, reply)) }, wanted)
    } catch (error) {
      note(error instanceof Refusal ? error.message : '运行时出错')
      throw error
    }
    let broken: Error | undefined
    made.stream.once('error', (error) => void (broken = error))
    made.stream.once('close', () => note(broken ? (broken instanceof Refusal ? broken.message : '传输中断') : undefined))
    return download(reply, `${wanted.title} ${dayOf(context.now)}.${wanted.format}`, MIME[wanted.format]).send(made.stream)
  }

  app.get<Saved>('/q/:key.:format', async (request, reply) => {
    needNoForeignPage(request)
    const context = await asker(request, reply)
    const format = formatNamed(request.params.format)
    const question = await questionFor(context, request.params.key)
    if (!question || question.archivedAt) throw notFound('问题')
    const { query, name, list, variables } = question
    const [operation] = parse(query).definitions.filter((one) => one.kind === 'OperationDefinition')
    const own = variables ? objectOf(variables, 'QUESTION_VARIABLES', '变量', 'variables') : {}
    const asked = { query, list, variables: { ...own, ...valuesOf(graph.door.schemaFor(context.actor.role), operation!, request.query) } }
    return give(request, reply, context, { ...asked, title: name, format, part: partNamed(request.query['part']) }, question)
  })

  app.post<{ Params: { format: string }; Body: Body }>('/q.:format', async (request, reply) => {
    needOwnPage(request, publicUrl)
    const context = await asker(request, reply)
    return give(request, reply, context, { ...bodyOf(request.body), format: formatNamed(request.params.format) })
  })

  app.get<Listed>('/export/:list.:format', async (request, reply) => {
    needNoForeignPage(request)
    const context = await reader(request, reply)
    const { list, format } = request.params
    const wanted = { ...listAsked(graph, context, list, request.query), format: formatNamed(format, SHEETS) }
    return give(request, reply, context, wanted, undefined, reader)
  })

  app.get<{ Params: { id: string } }>('/q/results/:id', async (request, reply) => {
    needNoForeignPage(request)
    const context = await asker(request, reply)
    const found = await resultFor(context.em, context.actor, request.params.id)
    if (!found) throw notFound('结果')
    const { question, result } = found
    return download(reply, `${question.name} ${result.month}.xlsx`, MIME.xlsx).send(partsOf(store.reader, result.id))
  })
}

const SHEETS: readonly Format[] = ['xlsx', 'csv']
function formatNamed(text: string, formats: readonly Format[] = FORMATS): Format {
  const format = formats.find((one) => one === text)
  if (!format) throw new Refusal('NOT_FOUND', `没有这种格式，可以用 ${formats.join('、')}`)
  return format
}

/** A link elsewhere cannot make a browser with our cookie run a question; who types or keeps the address can. */
function needNoForeignPage({ headers }: FastifyRequest): void {
  if (!headers.authorization && headers['sec-fetch-site'] === 'cross-site') throw new Refusal('CSRF', '请从本系统的页面下载')
}

const download = (reply: FastifyReply, name: string, mime: string): FastifyReply =>
  reply.type(mime).headers({
    'content-disposition': contentDisposition('attachment', name.replace(/[\\/:*?"<>|]/g, ' ')),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
