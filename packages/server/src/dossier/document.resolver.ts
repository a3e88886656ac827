import { ref } from '@mikro-orm/core'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { standing } from '../enterprise/standing.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { FALSE, sql, TRUE, type Sql } from '../shared/read/sql.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { DocumentFacts, DossierDocument } from './document.entity.js'
import { DossierRequirement } from './requirement.entity.js'
import { dossierKeeper, dossierReader, dossierReviewer, needAtWork, needReviewer } from './rights.js'
import { RequirementKind } from './terms.js'

export const DOSSIER_DOCUMENTS: ListField<{ toReview?: boolean }> = {
  name: 'dossierDocuments',
  target: DossierDocument,
  description: '档案资料：每一版、审核与有效期；toReview 取等我审核的',
  who: dossierReader,
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  args: { toReview: ['Boolean', '只要等我审核的'] },
  also: ({ actor }, { toReview }) => (toReview ? reviewQueue(actor) : TRUE),
}

/** The same as the guards: what this account may accept or return now. */
export function reviewQueue({ id, role }: SignedIn['actor']): Sql {
  const waiting = sql`t.state = 'SUBMITTED' and t.submitted_by <> ${id}`
  if (role === 'STATION') return waiting
  return role === 'TOWN_OFFICE' ? sql`${waiting} and (t.station is null or t.submitted_by_role = 'STATION')` : FALSE
}

/** What is filed in a dossier, and how the station answers it. */
@Resolver(() => DossierDocument)
export class DocumentResolver {
  @Mutation(() => DossierDocument, { description: '提交档案资料；再次提交是新的一版，旧版保留' })
  dossierDocumentSubmit(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('requirement', () => String, { description: '要求代码' }) code: string,
    @Arg('facts', () => DocumentFacts as never) facts: DocumentFacts,
    @Arg('files', () => [ID]) files: string[],
  ): Promise<DossierDocument> {
    const ctx = dossierKeeper(context)
    return act(ctx, 'dossierDocumentSubmit', async ({ em }) => {
      const { firm, place } = await standing(em, enterprise)
      needAtWork(firm)
      const requirement = await em.findOne(DossierRequirement, { code, active: true })
      if (requirement?.kind !== RequirementKind.DOCUMENT) throw new Refusal('NOT_FOUND', notFound('档案要求').message, { field: 'requirement' })
      const [latest] = await em.find(DossierDocument, { enterprise, code }, { orderBy: { issue: 'desc' }, limit: 1, filters: false })
      const document = Object.assign(new DossierDocument(), {
        ...{ ...place, requirement: ref(requirement), part: requirement.part, code, issue: (latest?.issue ?? 0) + 1, createdAt: instant(ctx.now) },
        ...{ submittedBy: ctx.actor.id, submittedByRole: ctx.actor.role },
        ...(ctx.actor.standIn ? { submittedFor: ctx.actor.standIn.principal } : {}),
      })
      document.describe(facts, requirement, ctx.now)
      const given = await attachTo(em, DossierDocument, document, files, { purpose: AttachmentPurpose.OTHER, field: 'files' }, ctx.actor)
      if (!given.length) throw new Refusal('FILES_MISSING', '请先上传资料文件', { field: 'files' })
      document.fileCount = given.length
      em.persist(document)
      return document
    })
  }

  @Mutation(() => DossierDocument, { description: '审核通过；这一版成为现行版本' })
  dossierDocumentAccept(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<DossierDocument> {
    const ctx = dossierReviewer(context)
    return act(ctx, 'dossierDocumentAccept', async ({ em }) => {
      const document = await toReview(ctx, em, id, version)
      const before = await em.findOne(DossierDocument, { enterprise: document.enterprise.id, code: document.code, inForce: true }, { filters: false })
      if (before && before.issue > document.issue) throw new Refusal('ALREADY', `第 ${before.issue} 版已经通过，这一版不再审核`)
      document.accept(ctx.actor, ctx.now, before ?? undefined)
      return document
    })
  }

  @Mutation(() => DossierDocument, { description: '退回，写明原因；企业改正后提交新的一版' })
  dossierDocumentReturn(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<DossierDocument> {
    const ctx = dossierReviewer(context)
    const work = async ({ em }: Pick<SignedIn, 'em'>) => {
      const document = await toReview(ctx, em, id, version)
      document.return(ctx.actor, ctx.now, reason)
      return document
    }
    return act(ctx, 'dossierDocumentReturn', work, reason.trim())
  }
}

async function toReview(ctx: SignedIn, em: SignedIn['em'], id: string, version: number): Promise<DossierDocument> {
  const document = await em.findOne(DossierDocument, { id })
  if (!document) throw notFound('档案资料')
  if (document.version !== version) throw conflict()
  needReviewer(ctx, document)
  return document
}
