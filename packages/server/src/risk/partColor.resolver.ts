import DataLoader from 'dataloader'
import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import type { Context, SignedIn } from '../shared/context.js'
import { hopSql, readingOf } from '../shared/read/reading.js'
import { joined, raw, sql } from '../shared/read/sql.js'
import { worstOf } from './grade.js'
import { RiskPoint } from './riskPoint.entity.js'
import { RiskColor } from './terms.js'

@ObjectType({ description: '一个车间或岗位的四色：最高的在用风险点', simpleResolvers: true })
export class PartRisk {
  @Field(() => RiskColor, { nullable: true }) color?: RiskColor | undefined
  @Field(() => Int) red!: number
  @Field(() => Int) orange!: number
  @Field(() => Int) yellow!: number
  @Field(() => Int) blue!: number
  @Field(() => Int) unrated!: number
}
const KEY = { RED: 'red', ORANGE: 'orange', YELLOW: 'yellow', BLUE: 'blue' } as const

type Part = 'unit' | 'post'
const loaders = new WeakMap<Context, Partial<Record<Part, DataLoader<string, PartRisk>>>>()

/** 岗位、车间的颜色: computed whenever it is asked for, the whole answer in one statement (worst of the live points, domain.md §3.6). */
function partRisk(part: Part, { id }: { id: string }, context: Context): Promise<PartRisk> | null {
  if (!context.actor) return null
  let own = loaders.get(context)
  if (!own) loaders.set(context, (own = {}))
  own[part] ??= new DataLoader((ids) => read(part, ids, context as SignedIn), { maxBatchSize: 500 })
  return own[part].load(id)
}

async function read(part: Part, ids: readonly string[], ctx: SignedIn): Promise<PartRisk[]> {
  const at = raw(`t.${part}_id`)
  const among = joined(
    ids.map((id) => sql`${id}`),
    ', ',
  )
  const { sql: text, params } = sql`select ${at} as part, t.color as color, count(*) as n from risk_point t
    where t.ended_on is null and ${at} in (${among}) and ${hopSql(RiskPoint, 't', readingOf(ctx))} group by ${at}, t.color`
  const found = new Map(ids.map((id) => [id, { red: 0, orange: 0, yellow: 0, blue: 0, unrated: 0 } as PartRisk]))
  for (const row of await ctx.reader.all(text, params)) {
    const one = found.get(row['part'] as string)!
    const color = row['color'] as RiskColor | null
    one[color ? KEY[color] : 'unrated'] = Number(row['n'])
    one.color = worstOf([one.color, color])
  }
  return ids.map((id) => found.get(id)!)
}

@Resolver(() => Workshop)
export class WorkshopRiskResolver {
  @FieldResolver(() => PartRisk, { nullable: true, description: '车间四色' })
  risk(@Root() row: { id: string }, @Ctx() context: Context): Promise<PartRisk> | null {
    return partRisk('unit', row, context)
  }
}

@Resolver(() => Post)
export class PostRiskResolver {
  @FieldResolver(() => PartRisk, { nullable: true, description: '岗位四色' })
  risk(@Root() row: { id: string }, @Ctx() context: Context): Promise<PartRisk> | null {
    return partRisk('post', row, context)
  }
}
