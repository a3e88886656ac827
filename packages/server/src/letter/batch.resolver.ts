import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { wakeBatches } from './batches.js'
import { lettersChosen, LetterSelection } from './bulk.js'
import { BatchState, LetterBatch, PaperFormat } from './letterBatch.entity.js'

/** A few at a time: what prints for a town is not to be queued by one person all day. */
const MOST_WAITING = 3

@Resolver()
export class BatchResolver {
  @Query(() => LetterBatch, { description: '批量打印的进度' })
  async letterBatch(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<LetterBatch> {
    const { em, actor } = signedIn(context, ...READERS)
    const batch = await em.findOne(LetterBatch, { id, owner: actor.id })
    if (!batch) throw notFound('批量打印')
    return batch
  }

  @Mutation(() => LetterBatch, { description: '批量打印：在后台合成一个 PDF 或 Word 文件' })
  async letterBatchStart(
    @Ctx() context: Context,
    @Arg('selection', () => LetterSelection) selection: LetterSelection,
    @Arg('format', () => PaperFormat) format: PaperFormat,
  ): Promise<LetterBatch> {
    const ctx = signedIn(context, ...READERS)
    const ids = await lettersChosen(ctx, selection)
    if (!ids.length) throw new Refusal('NOTHING_SELECTED', '没有可打印的文书')
    return act(ctx, 'letterBatchStart', async ({ em, after }) => {
      const running = await em.count(LetterBatch, { owner: ctx.actor.id, state: { $in: [BatchState.QUEUED, BatchState.RUNNING] } })
      if (running >= MOST_WAITING) throw new Refusal('BATCH_BUSY', '您还有批量打印没有完成，请等一等或先取消')
      const batch = Object.assign(new LetterBatch(), { format, owner: ctx.actor.id, letters: ids.join(' '), total: ids.length, createdAt: instant(ctx.now) })
      em.persist(batch)
      after(wakeBatches)
      return batch
    })
  }

  @Mutation(() => LetterBatch, { description: '取消批量打印' })
  letterBatchCancel(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<LetterBatch> {
    const ctx = signedIn(context, ...READERS)
    return act(ctx, 'letterBatchCancel', async ({ em }) => {
      const batch = await em.findOne(LetterBatch, { id, owner: ctx.actor.id })
      if (!batch) throw notFound('批量打印')
      if (batch.state === BatchState.QUEUED || batch.state === BatchState.RUNNING) batch.state = BatchState.CANCELLED
      return batch
    })
  }
}
