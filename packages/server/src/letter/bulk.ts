import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { SignedIn } from '../shared/context.js'
import { whereOf } from '../shared/read/inputs.js'
import { idsOf } from '../shared/read/list.js'
import { both, raw, type Sql, sql, TRUE } from '../shared/read/sql.js'
import type { Where } from '../shared/read/where.js'
import { Refusal } from '../shared/refusal.js'
import { Letter } from './letter.entity.js'
import type { LetterKind } from './terms.js'

/** A whole town at once. */
export const MOST = 2_000

@InputType({ description: '哪些企业：勾选的几家、筛选出的全部，或管辖内所有还没有的' })
export class LetterFirms {
  @Field(() => [ID], { nullable: true }) ids?: string[]
  @Field(() => whereOf(Enterprise) as never, { nullable: true }) where?: Where
  @Field(() => Boolean, { nullable: true, description: '只给还没有的（须重新签订的也算没有）' }) lacking?: boolean
}

@InputType({ description: '哪些文书：勾选的几份，或筛选出的全部' })
export class LetterSelection {
  @Field(() => [ID], { nullable: true }) ids?: string[]
  @Field(() => whereOf(Letter) as never, { nullable: true }) where?: Where
}

@ObjectType({ simpleResolvers: true })
class RefusedLetter {
  @Field(() => ID, { description: '企业或文书' }) id!: string
  @Field(() => String, { nullable: true, description: '单位名称或文号' }) name?: string
  @Field(() => String) code!: string
  @Field(() => String) message!: string
}

@ObjectType({ description: '批量办理文书的结果：办成几份，哪几份没办成、为什么', simpleResolvers: true })
export class LetterBulk {
  @Field(() => Int) done: number = 0
  @Field(() => [ID], { description: '办成的文书' }) letters: string[] = []
  @Field(() => [RefusedLetter]) refused: RefusedLetter[] = []

  refuse(id: string, name: string | undefined, error: unknown): void {
    if (!(error instanceof Refusal)) throw error
    this.refused.push({ id, ...(name ? { name } : {}), code: error.code, message: error.message })
  }
}

/** In force this year, and not to be signed again. */
const lackingSql = (kind: LetterKind, year: number): Sql =>
  sql`not exists (select 1 from letter l where l.enterprise_id = t.id and l.kind = ${kind} and l.year = ${year} and l.stage in ('ISSUED', 'DELIVERED', 'COMPLETE') and not l.resign)`

export async function firmsChosen(ctx: SignedIn, { ids, where, lacking }: LetterFirms, kind: LetterKind, year: number): Promise<string[]> {
  if (ids && !lacking) {
    if (ids.length > MOST) throw new Refusal('TOO_MANY', `一次最多处理 ${MOST} 家`)
    return [...new Set(ids)]
  }
  if (!where && !lacking) throw new Refusal('NOTHING_SELECTED', '请先勾选企业，或给出筛选条件')
  const found = await idsOf(Enterprise, ctx, where, both(raw('t.closed_on is null'), lacking ? lackingSql(kind, year) : TRUE), MOST)
  return ids ? found.filter((id) => ids.includes(id)) : found
}

/** In the asker's scope, in the order of issue. */
export async function lettersChosen(ctx: SignedIn, { ids, where }: LetterSelection, most = MOST): Promise<string[]> {
  if (!ids && !where) throw new Refusal('NOTHING_SELECTED', '请先勾选文书，或给出筛选条件')
  if (ids && ids.length > most) throw new Refusal('TOO_MANY', `一次最多处理 ${most} 份`)
  if (!ids) return idsOf(Letter, ctx, where, undefined, most)
  const found = await ctx.em.find(Letter, { id: { $in: [...new Set(ids)] } }, { fields: ['id'], orderBy: { id: 'asc' } })
  return found.map(({ id }) => id)
}
