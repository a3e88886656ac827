import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from 'type-graphql'
import type { Context, Role } from '../shared/context.js'
import { connectionOf, orderOf, whereOf } from '../shared/read/inputs.js'
import { type Connection, list, type Order, Page } from '../shared/read/list.js'
import { searchSql } from '../shared/read/search.js'
import type { Where } from '../shared/read/where.js'
import { notFound } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Enterprise } from './enterprise.entity.js'

const READERS: readonly Role[] = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE', 'WORKSHOP', 'POST', 'COUNTY']

@Resolver(() => Enterprise)
export class EnterpriseResolver {
  @Query(() => connectionOf(Enterprise) as never, { description: '企业：按名称、信用代码、地址查找，筛选、排序、翻页' })
  enterprises(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('search', () => String, { nullable: true }) search: string | undefined,
    @Arg('where', () => whereOf(Enterprise) as never, { nullable: true }) where: Where | undefined,
    @Arg('orderBy', () => [orderOf(Enterprise) as never], { nullable: true }) orderBy: Order[] | undefined,
    @Args(() => Page) page: Page,
  ): Promise<Connection> {
    const ctx = signedIn(context, ...READERS)
    return list(Enterprise, ctx, info, {
      where,
      orderBy,
      page,
      fallback: [{ field: 'division' }, { field: 'name' }],
      also: searchSql(search, ['name', 'uscc', 'address'], ctx.reader.engine),
    })
  }

  @Query(() => Enterprise, { description: '一家企业' })
  async enterprise(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Enterprise> {
    const { em } = signedIn(context, ...READERS)
    const enterprise = await em.findOne(Enterprise, { id })
    if (!enterprise) throw notFound('企业')
    return enterprise
  }
}
