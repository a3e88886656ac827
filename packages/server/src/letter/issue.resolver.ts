import { setImmediate as breath } from 'node:timers/promises'
import { ref } from '@mikro-orm/core'
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { loadHazard } from '../hazard/load.js'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { firmsChosen, LetterBulk, LetterFirms } from './bulk.js'
import { issue, type Issuer, issuerOf, needIssuable, supersede, yearOf } from './issue.js'
import { Letter } from './letter.entity.js'
import { LetterFacts } from './letterFacts.js'
import { ofHazard } from './ofHazard.js'
import { kindName, LetterKind, RULES } from './terms.js'

/** Letters of one act: a town is issued in a few dozen acts, and the process serves others between them. */
const TOGETHER = 10

@Resolver()
export class LetterIssueResolver {
  @Mutation(() => LetterBulk, { description: '签发告知书或承诺书：一家、几家、管辖内全部，或只给还没有的' })
  async lettersIssue(
    @Ctx() context: Context,
    @Arg('kind', () => LetterKind) kind: LetterKind,
    @Arg('firms', () => LetterFirms) firms: LetterFirms,
    @Arg('facts', () => LetterFacts, { nullable: true }) facts: LetterFacts = {},
  ): Promise<LetterBulk> {
    const ctx = signedIn(context)
    if (RULES[kind].ofHazard) throw new Refusal('LETTER_KIND', `${kindName(kind)}须从隐患签发`, { field: 'kind' })
    const ids = await firmsChosen(ctx, firms, kind, yearOf(facts, ctx.now))
    const result = new LetterBulk()
    for (let at = 0; at < ids.length; at += TOGETHER) {
      await issueSome(ctx, kind, facts, ids.slice(at, at + TOGETHER), result)
      await breath()
    }
    return result
  }

  @Mutation(() => Letter, { description: '从隐患签发文书：整改通知书、复查意见书、挂牌、摘牌、移送、延期答复、责令限期整改指令书' })
  letterOfHazard(
    @Ctx() context: Context,
    @Arg('kind', () => LetterKind) kind: LetterKind,
    @Arg('hazard', () => ID) hazardId: string,
    @Arg('facts', () => LetterFacts, { nullable: true }) facts: LetterFacts = {},
  ): Promise<Letter> {
    const ctx = signedIn(context)
    return act(ctx, 'letterIssue', async ({ em }) => {
      const hazard = await loadHazard(em, hazardId)
      const firm = await em.findOne(Enterprise, { id: hazard.enterprise.id })
      if (!firm) throw notFound('企业')
      needIssuable(ctx.actor, { kind, firm, facts }, dayOf(ctx.now))
      const issuer = await issuerOf(em, ctx.actor, kind, firm.division)
      const more = await ofHazard(em, kind, hazard, facts)
      return issue(em, ctx, issuer, { kind, firm, facts, hazard, more })
    })
  }
}

async function issueSome(ctx: SignedIn, kind: LetterKind, facts: LetterFacts, ids: string[], result: LetterBulk): Promise<void> {
  const { actor, now } = ctx
  const em = ctx.em.fork() as SignedIn['em']
  const letters = await act({ ...ctx, em }, 'letterIssue', async ({ em: tx }) => {
    const made: Letter[] = []
    const firms = new Map((await tx.find(Enterprise, { id: { $in: ids } })).map((firm) => [firm.id, firm]))
    const standing = await supersede(tx, { kind, year: yearOf(facts, now) }, ids)
    const issuers = new Map<string, Issuer>()
    for (const id of ids) {
      const firm = firms.get(id)
      try {
        if (!firm) throw notFound('企业')
        needIssuable(actor, { kind, firm, facts }, dayOf(now))
        const before = standing.get(id)
        if (before && !before.resign) throw new Refusal('ALREADY_ISSUED', `已有${kindName(kind)} ${before.number}`)
        const town = firm.division.slice(0, 9)
        const issuer = issuers.get(town) ?? (await issuerOf(tx, actor, kind, firm.division))
        issuers.set(town, issuer)
        const letter = await issue(tx, ctx, issuer, { kind, firm, facts })
        if (before) {
          before.replace()
          letter.replaces = ref(before)
        }
        made.push(letter)
      } catch (error) {
        result.refuse(id, firm?.name, error)
      }
    }
    return made
  })
  result.done += letters.length
  result.letters.push(...letters.map(({ id }) => id))
}
