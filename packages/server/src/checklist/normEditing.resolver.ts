import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { v7 as uuid } from 'uuid'
import { Attachment } from '../attachment/attachment.entity.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { currentOf, loadNorm, needKeeper } from '../standard/keeping.js'
import { Norm, NormFacts, NormKind, NormStatus, NormText } from '../standard/norm.entity.js'
import { forgetText } from '../standard/normText.js'
import { retell } from './normWords.js'
import { copyTemplates } from './said.js'
import { Template, TemplateItem } from './template.entity.js'

/** What is done to the library of norms: drafted, revised, published, withdrawn (domain.md §0.3). */
@Resolver(() => Norm)
export class NormEditingResolver {
  @Mutation(() => Norm, { description: '起草一份规范（第 1 版）' })
  normStart(@Ctx() context: Context, @Arg('facts', () => NormFacts as never) facts: NormFacts): Promise<Norm> {
    const ctx = entitled(context, Capability.NORM_PREPARE)
    return act(ctx, 'normStart', async ({ em }) => {
      const norm = Object.assign(new Norm(), {
        ...{ series: uuid(), edition: 1, division: ctx.actor.scope.division, createdAt: instant(ctx.now) },
      })
      norm.describe(facts)
      await needKeeper(em, ctx.actor, norm)
      em.persist(norm)
      await retell(em, norm)
      return norm
    })
  }

  @Mutation(() => Norm, { description: '修改规范草稿' })
  normEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => NormFacts as never) facts: NormFacts,
  ): Promise<Norm> {
    return change(context, Capability.NORM_PREPARE, 'normEdit', { id, version }, async (norm, em) => {
      norm.needDraft()
      norm.describe(facts)
      await retell(em, norm)
    })
  }

  @Mutation(() => Norm, { description: '在现行版的基础上起草新版，检查项一并抄录' })
  normRevise(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Norm> {
    const ctx = entitled(context, Capability.NORM_PREPARE)
    return act(ctx, 'normRevise', async ({ em }) => {
      const old = await loadNorm(ctx, em, id)
      await needKeeper(em, ctx.actor, old)
      const last = await em.findOneOrFail(Norm, { series: old.series }, { orderBy: { edition: 'desc' } })
      if (last.status === NormStatus.DRAFT) throw new Refusal('NORM_DRAFT_THERE', `第 ${last.edition} 版正在起草，请在那一版上修改`)
      const { trade, kind, title, issuer, number, body, series, division } = last
      const facts = { trade, kind, title, issuer, ...(number ? { number } : {}), ...(body ? { body } : {}) }
      const norm = Object.assign(new Norm(), { ...facts, series, division, edition: last.edition + 1, createdAt: instant(ctx.now) })
      em.persist(norm)
      await copyTemplates(em, last, norm, instant(ctx.now))
      await retell(em, norm)
      return norm
    })
  }

  @Mutation(() => Norm, { description: '发布规范；原来的现行版即被替代，用着旧版清单的企业会看到可以升级' })
  normPublish(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('note', () => String, { nullable: true, description: '修订说明' }) note: string | undefined,
  ): Promise<Norm> {
    const ctx = entitled(context, Capability.NORM_PUBLISH)
    return change(context, Capability.NORM_PUBLISH, 'normPublish', { id, version }, async (norm, em) => {
      await needContent(em, norm)
      const before = await currentOf(em, norm.series)
      norm.publish(ctx.actor.id, instant(ctx.now), note?.trim())
      before?.supersede(instant(ctx.now))
    })
  }

  @Mutation(() => Norm, { description: '撤回到草稿；已有企业据此编制清单的不能撤回' })
  normWithdraw(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) typed: string,
  ): Promise<Norm> {
    const reason = typed.trim()
    if (!reason) throw new Refusal('MISSING', '请写明撤回原因', { field: 'reason' })
    return change(context, Capability.NORM_PUBLISH, 'normWithdraw', { id, version, reason }, async (norm, em) => {
      const before = await em.count(Norm, { series: norm.series, status: NormStatus.SUPERSEDED })
      if (before) throw new Refusal('NORM_STATUS', '这一版已替代了旧版，不能撤回，请起草新版')
      norm.withdraw()
    })
  }

  @Mutation(() => Norm, { description: '从草稿中取下一个附件' })
  normFileRemove(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('file', () => ID) file: string,
  ): Promise<Norm> {
    return change(context, Capability.NORM_PREPARE, 'normFileRemove', { id, version }, async (norm, em) => {
      norm.needDraft()
      const attachment = await em.findOne(Attachment, { id: file, ofThing: 'Norm', ofRecord: id }, { filters: false })
      if (!attachment) throw notFound('附件')
      em.remove(attachment)
      await forgetText(em, id, file)
    })
  }

  @Mutation(() => Boolean, { description: '删去草稿；只有从未发布的草稿可以删' })
  async normDiscard(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<boolean> {
    await change(context, Capability.NORM_PREPARE, 'normDiscard', { id, version }, async (norm, em) => {
      norm.needDraft()
      const templates = await em.find(Template, { norm: id })
      em.remove(await em.find(Attachment, { ofThing: 'Norm', ofRecord: id }, { filters: false }))
      em.remove(await em.find(TemplateItem, { template: { $in: templates.map((one) => one.id) } }))
      await em.flush()
      em.remove(templates)
      await em.flush()
      em.remove(norm)
      await forgetText(em, id)
    })
    return true
  }
}

/** A norm says something: its own text, items, or a file. */
async function needContent(em: SqlEntityManager, norm: Norm): Promise<void> {
  const items = await em.count(TemplateItem, { template: { norm: norm.id } })
  if (norm.kind === NormKind.INSPECTION_CHECKLIST && !items) throw new Refusal('NORM_EMPTY', '检查清单还没有检查项，请先填写或导入检查项')
  const files = await em.count(NormText, { norm: norm.id, source: { $ne: '' } })
  if (!items && !files && !norm.body) throw new Refusal('NORM_EMPTY', '这份规范还没有正文、附件或检查项')
}

async function change(
  context: Context,
  capability: Capability,
  name: string,
  on: { id: string; version: number; reason?: string },
  work: (norm: Norm, em: SqlEntityManager) => Promise<void>,
): Promise<Norm> {
  const ctx: SignedIn = entitled(context, capability)
  return act(
    ctx,
    name,
    async ({ em }) => {
      const norm = await loadNorm(ctx, em, on.id, on.version)
      await needKeeper(em, ctx.actor, norm)
      await work(norm, em)
      return norm
    },
    on.reason,
  )
}
