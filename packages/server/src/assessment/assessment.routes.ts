import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { validate as isUuid } from 'uuid'
import { toPdf } from '../paper/pdf.js'
import { toWord } from '../paper/word.js'
import { paperHeaders } from '../paper/http.js'
import { answerRefusal } from '../shared/answerRefusal.js'
import type { Context } from '../shared/context.js'
import { notFound } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Assessment } from './assessment.entity.js'
import { assessmentPaper } from './printed.js'

/** The self-assessment report of an enterprise, for whoever may read the assessment: GET /assessments/:id.pdf and .docx. */
export async function assessmentRoutes(
  app: FastifyInstance,
  { contextOf }: { contextOf(request: FastifyRequest, reply: FastifyReply): Promise<Context> },
): Promise<void> {
  app.setErrorHandler(answerRefusal)
  app.get<{ Params: { id: string; format: 'pdf' | 'docx' } }>('/assessments/:id.:format(^pdf|docx$)', async (request, reply) => {
    const { em } = signedIn(await contextOf(request, reply), ...READERS)
    const { id, format } = request.params
    const assessment = isUuid(id) ? await em.findOne(Assessment, { id }) : null
    if (!assessment) throw notFound('自评')
    const paper = await assessmentPaper(em, assessment)
    return paperHeaders(reply, paper.name, format).send(format === 'pdf' ? toPdf([paper]) : toWord([paper]))
  })
}
