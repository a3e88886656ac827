import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { searchSql } from '../shared/read/search.js'
import { both, type Sql, sql } from '../shared/read/sql.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { loadNorm, seesDrafts, seesNorm } from './keeping.js'
import { CURRENT, Norm } from './norm.entity.js'
import { findText } from './normText.js'

/** On alias `t` a norm: it holds where the reader works, and is no draft unless he is one of those who make them. */
export const seenSql = ({ actor }: SignedIn): Sql => {
  const { division } = actor.scope
  const holds = sql`(t.division like ${`${division}%`} or ${division} like t.division || '%')`
  return seesDrafts(actor) ? holds : both(holds, sql`t.status <> 'DRAFT'`)
}

export const NORMS: ListField<{ search?: string }> = {
  name: 'norms',
  target: Norm,
  description: '规范文件（四项规范），每版一条：筛选、统计；草稿只有镇安办、站所看得到。按正文查找用 normSearch',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'trade' }, { field: 'kind' }, { field: 'edition', dir: 'DESC' }],
  args: { search: ['String', '名称、文号、发布单位'] },
  also: (context, { search }) => both(seenSql(context), searchSql(search, ['title', 'number', 'issuer'], context.reader.engine)),
}

@ObjectType({ description: '片段的一截', simpleResolvers: true })
class SnippetPart {
  @Field(() => String, { description: '文字' }) text!: string
  @Field(() => Boolean, { description: '是要找的词' }) hit!: boolean
}
@ObjectType({ description: '全文查找的一条结果', simpleResolvers: true })
class NormHit {
  @Field(() => Norm, { description: '规范' }) norm!: Norm
  @Field(() => String, { description: '在哪里找到：正文，或附件的文件名' }) place!: string
  @Field(() => [SnippetPart], { description: '上下文' }) parts!: SnippetPart[]
  @Field(() => Int, { description: '共出现几次' }) hits!: number
}

const MOST = 30

@Resolver(() => Norm)
export class NormResolver {
  @Query(() => Norm, { description: '一份规范（一版）' })
  norm(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Norm> {
    const ctx = signedIn(context, ...READERS)
    return loadNorm(ctx, ctx.em, id)
  }

  @Query(() => [NormHit], { description: '在规范的正文、检查项和附件中查找；多个词用空格分开，须全部出现。默认只找现行的' })
  async normSearch(
    @Ctx() context: Context,
    @Arg('query', () => String) query: string,
    @Arg('trade', () => String, { nullable: true }) trade: string | undefined,
    @Arg('old', () => Boolean, { defaultValue: false, description: '连同草稿和已被替代的' }) old: boolean,
  ): Promise<NormHit[]> {
    const ctx = signedIn(context, ...READERS)
    const hits = await findText(ctx.em, query)
    if (!hits.length) return []
    const found = await ctx.em.find(Norm, {
      id: { $in: hits.map(({ norm }) => norm) },
      ...(trade ? { trade } : {}),
      ...(old ? {} : { status: { $in: [...CURRENT] } }),
    })
    const norms = new Map(found.filter((norm) => seesNorm(ctx.actor, norm)).map((norm) => [norm.id, norm]))
    return hits.flatMap(({ norm, name, parts, hits }) => (norms.has(norm) ? [{ norm: norms.get(norm)!, place: name, parts, hits }] : [])).slice(0, MOST)
  }
}
