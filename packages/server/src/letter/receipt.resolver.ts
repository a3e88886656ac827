import { setImmediate as breath } from 'node:timers/promises'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { attachTo } from '../attachment/attachTo.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { conflict, notFound } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { LetterBulk, lettersChosen, LetterSelection } from './bulk.js'
import { Letter } from './letter.entity.js'
import { LetterCopy } from './letterCopy.entity.js'
import { CopyHolder, SignerRole } from './terms.js'

/** What comes back of a letter: the signed receipt, and a receipt for each copy. */
@Resolver()
export class LetterReceiptResolver {
  @Mutation(() => Letter, { description: '签收：屏幕签名，或签字盖章后的照片、扫描件' })
  letterDeliver(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('role', () => SignerRole) role: SignerRole,
    @Arg('name', () => String, { description: '签收人姓名' }) name: string,
    @Arg('signature', () => ID, { nullable: true, description: '屏幕签名（上传后的文件）' }) signature?: string,
    @Arg('papers', () => [ID], { nullable: true, description: '已签字盖章的文书照片或扫描件' }) papers?: string[],
  ): Promise<Letter> {
    return onLetter(context, 'letterDeliver', { id, version }, async (letter, { actor, now }, em) => {
      const drawn = await attachTo(
        em,
        Letter,
        letter,
        signature ? [signature] : [],
        { purpose: AttachmentPurpose.SIGNATURE, field: 'signature', only: 'photo' },
        actor,
      )
      const signed = await attachTo(em, Letter, letter, papers ?? [], { purpose: AttachmentPurpose.NOTICE, field: 'papers' }, actor)
      const firm = await em.findOneOrFail(Enterprise, { id: letter.enterprise.id })
      letter.deliver(actor, now, { name, role, signature: drawn[0]?.sha256, papers: signed.length }, firm)
    })
  }

  @Mutation(() => Letter, { description: '登记一份的回执；公示栏那一份须附照片' })
  letterCopyReceive(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('no', () => Int, { description: '第几份' }) no: number,
    @Arg('photos', () => [ID], { nullable: true }) photos?: string[],
  ): Promise<Letter> {
    return onLetter(context, 'letterCopyReceive', { id, version }, async (letter, { actor, now }, em) => {
      const copy = await em.findOne(LetterCopy, { letter: id, no })
      if (!copy) throw notFound('这一份')
      const given = await attachTo(em, LetterCopy, copy, photos ?? [], { purpose: AttachmentPurpose.EVIDENCE, field: 'photos', only: 'photo' }, actor)
      letter.receive(actor, now, copy, given.length)
    })
  }

  @Mutation(() => Letter, { description: '撤回一份登记错的回执，写明原因' })
  letterCopyWithdraw(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('no', () => Int, { description: '第几份' }) no: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Letter> {
    return onLetter(context, 'letterCopyWithdraw', { id, version, reason }, async (letter, { actor }, em) => {
      const copy = await em.findOne(LetterCopy, { letter: id, no })
      if (!copy) throw notFound('这一份')
      letter.withdrawReceipt(actor, copy, reason)
    })
  }

  @Mutation(() => LetterBulk, { description: '批量登记同一去处的回执（站所备案、镇安办备案、企业留存）' })
  async lettersCopyReceive(
    @Ctx() context: Context,
    @Arg('selection', () => LetterSelection) selection: LetterSelection,
    @Arg('holder', () => CopyHolder) holder: CopyHolder,
  ): Promise<LetterBulk> {
    const ctx = signedIn(context)
    const result = new LetterBulk()
    for (const id of await lettersChosen(ctx, selection)) {
      await breath()
      let number: string | undefined
      try {
        await act({ ...ctx, em: ctx.em.fork() as SignedIn['em'] }, 'letterCopyReceive', async ({ em }) => {
          const letter = await em.findOne(Letter, { id })
          const copy = letter && (await em.findOne(LetterCopy, { letter: id, holder }))
          if (!letter || !copy) throw notFound('文书')
          number = letter.number
          letter.receive(ctx.actor, ctx.now, copy, 0)
        })
        result.done += 1
        result.letters.push(id)
      } catch (error) {
        result.refuse(id, number, error)
      }
    }
    return result
  }

  @Mutation(() => Letter, { description: '作废；文号留着，不再使用' })
  letterVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Letter> {
    return onLetter(context, 'letterVoid', { id, version, reason }, (letter, { actor }) => letter.void(actor, reason))
  }
}

function onLetter(
  context: Context,
  name: string,
  on: { id: string; version: number; reason?: string },
  work: (letter: Letter, ctx: SignedIn, em: SqlEntityManager) => void | Promise<void>,
): Promise<Letter> {
  const ctx = signedIn(context)
  return act(
    ctx,
    name,
    async ({ em }) => {
      const letter = await em.findOne(Letter, { id: on.id })
      if (!letter) throw notFound('文书')
      if (letter.version !== on.version) throw conflict()
      await work(letter, ctx, em)
      return letter
    },
    on.reason?.trim(),
  )
}
