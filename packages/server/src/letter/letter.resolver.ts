import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { standing } from '../enterprise/standing.js'
import { loadHazard } from '../hazard/load.js'
import { textOf } from '../paper/paper.js'
import type { Context } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { searchSql } from '../shared/read/search.js'
import { notFound } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import './askAgain.js'
import { compose, paperOf } from './compose.js'
import { issuerOf, needIssuable, yearOf } from './issue.js'
import { Letter } from './letter.entity.js'
import { LetterCopy } from './letterCopy.entity.js'
import { LetterFacts } from './letterFacts.js'
import { ofHazard } from './ofHazard.js'
import { LetterKind } from './terms.js'

export const LETTERS: ListField<{ search?: string }> = {
  name: 'letters',
  target: Letter,
  description: '文书：告知书、承诺书、整改通知书等，筛选、排序、翻页、统计',
  who: (context) => signedIn(context, ...READERS),
  fallback: [
    { field: 'issuedOn', dir: 'DESC' },
    { field: 'serial', dir: 'DESC' },
  ],
  args: { search: ['String', '文号、受送达单位'] },
  also: ({ reader }, { search }) => searchSql(search, ['number', 'recipient'], reader.engine),
}

export const LETTER_COPIES: ListField = {
  name: 'letterCopies',
  target: LetterCopy,
  description: '文书的各份：去处、回执人、回执时间',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }, { field: 'no' }],
}

@ObjectType({ description: '签发前的样子；文号在签发时才给', simpleResolvers: true })
class LetterPreview {
  @Field(() => String, { description: '标题' }) title!: string
  @Field(() => String, { description: '正文（版式）' }) content!: string
  @Field(() => [String], { description: '正文，逐段' }) lines!: string[]
}

@Resolver(() => Letter)
export class LetterResolver {
  @Query(() => Letter, { description: '一份文书' })
  async letter(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Letter> {
    const { em } = signedIn(context, ...READERS)
    const letter = await em.findOne(Letter, { id })
    if (!letter) throw notFound('文书')
    return letter
  }

  @Query(() => LetterPreview, { description: '签发前预览' })
  async letterPreview(
    @Ctx() context: Context,
    @Arg('kind', () => LetterKind) kind: LetterKind,
    @Arg('facts', () => LetterFacts) facts: LetterFacts,
    @Arg('enterprise', () => ID, { nullable: true }) enterprise?: string,
    @Arg('hazard', () => ID, { nullable: true }) hazardId?: string,
  ): Promise<LetterPreview> {
    const { em, actor, now } = signedIn(context)
    const hazard = hazardId ? await loadHazard(em, hazardId) : undefined
    const { firm } = await standing(em, hazard ? hazard.enterprise.id : (enterprise ?? ''))
    needIssuable(actor, { kind, firm, facts }, dayOf(now))
    const issuer = await issuerOf(em, actor, kind, firm.division)
    const more = hazard ? await ofHazard(em, kind, hazard, facts) : {}
    const subject = { kind, number: '（文号签发时生成）', issuerName: issuer.name, issuedOn: dayOf(now), enterprise: firm.name, branch: !firm.legalRep }
    const said = { year: yearOf(facts, now), dueOn: facts.dueOn ?? undefined, standard: facts.standard ?? undefined }
    const { title, content } = compose({ ...subject, ...said, ...more })
    return { title, content, lines: textOf(paperOf({ title, content, number: '' })) }
  }
}
