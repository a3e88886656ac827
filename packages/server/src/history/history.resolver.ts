import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, ID, Info, Int, Query, Resolver } from 'type-graphql'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import type { Instant } from '../shared/days.js'
import { limitsOf } from '../shared/read/limits.js'
import { asks } from '../shared/read/select.js'
import { both, type Sql } from '../shared/read/sql.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { InstantScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { readable, thingNamed } from './readable.js'
import { ChangeConnection } from './record.js'
import { visible } from './visible.js'

const equal = (column: string, value: string | undefined): Sql[] => (value ? [{ sql: `${column} = ?`, params: [value] }] : [])

/** 变更记录: read from the one log. */
@Resolver()
export class HistoryResolver {
  @Query(() => ChangeConnection, { description: '一条记录的变更记录，最近的在前；看不到的记录等于没有' })
  async changes(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('thing', () => String, { description: '哪一类记录，如 Hazard、Enterprise' }) name: string,
    @Arg('record', () => ID) record: string,
    @Arg('first', () => Int, { nullable: true }) first: number | undefined,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
  ): Promise<ChangeConnection> {
    const ctx = signedIn(context, ...READERS)
    const thing = thingNamed(name)
    if (!thing || !(await visible(ctx, thing, record))) throw notFound('记录')
    return page(ctx, info, [...equal('thing', thing.name), ...equal('record', record)], first, after)
  }

  @Query(() => ChangeConnection, { description: '全部变更记录，最近的在前（管理员）' })
  recentChanges(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('thing', () => String, { nullable: true }) name: string | undefined,
    @Arg('actor', () => ID, { nullable: true, description: '账号标识' }) actor: string | undefined,
    @Arg('act', () => String, { nullable: true, description: '动作，如 signIn' }) act: string | undefined,
    @Arg('from', () => InstantScalar, { nullable: true }) from: Instant | undefined,
    @Arg('to', () => InstantScalar, { nullable: true }) to: Instant | undefined,
    @Arg('first', () => Int, { nullable: true }) first: number | undefined,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
  ): Promise<ChangeConnection> {
    const ctx = entitled(context, Capability.RECENT_CHANGES)
    const when = [...(from ? [{ sql: 'at >= ?', params: [from] }] : []), ...(to ? [{ sql: 'at <= ?', params: [to] }] : [])]
    return page(ctx, info, [...equal('thing', name && (thingNamed(name)?.name ?? name)), ...equal('actor', actor), ...equal('act', act), ...when], first, after)
  }
}

async function page(context: Context, info: GraphQLResolveInfo, where: Sql[], first = 50, after?: string): Promise<ChangeConnection> {
  if (first < 0 || first > limitsOf().page) throw new Refusal('BAD_PAGE', `一页最多 ${limitsOf().page} 条`)
  if (after !== undefined && !/^\d{1,15}$/.test(after)) throw new Refusal('BAD_CURSOR', '翻页位置已失效，请从第一页重新查')
  const all = both(...where, { sql: '1 = 1', params: [] })
  const here = both(all, ...(after === undefined ? [] : [{ sql: 'seq < ?', params: [Number(after)] }]))
  const rows = await context.reader.all(
    `select seq, at, actor, act, reason, thing, record, diff, (select s.principal from stand_in s where s.request = change.request limit 1) as stead from change where ${here.sql} order by seq desc limit ${first + 1}`,
    here.params,
  )
  const nodes = await Promise.all(rows.slice(0, first).map((row) => readable(context, row)))
  const [counted] = asks(info, 'totalCount') ? await context.reader.all(`select count(*) as n from change where ${all.sql}`, all.params) : []
  return {
    edges: nodes.map((node) => ({ cursor: node.seq, node })),
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== undefined,
      startCursor: nodes[0]?.seq ?? null,
      endCursor: nodes[nodes.length - 1]?.seq ?? null,
    },
    totalCount: counted && Number(counted['n']),
  }
}
