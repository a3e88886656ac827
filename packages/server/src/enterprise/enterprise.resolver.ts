import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { searchSql } from '../shared/read/search.js'
import { notFound } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Enterprise } from './enterprise.entity.js'

export const ENTERPRISES: ListField<{ search?: string }> = {
  name: 'enterprises',
  target: Enterprise,
  description: '企业：按名称、信用代码、地址查找，筛选、排序、翻页、统计',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'division' }, { field: 'name' }],
  args: { search: ['String', '名称、信用代码、地址'] },
  also: ({ reader }, { search }) => searchSql(search, ['name', 'uscc', 'address'], reader.engine),
}

@Resolver(() => Enterprise)
export class EnterpriseResolver {
  @Query(() => Enterprise, { description: '一家企业' })
  async enterprise(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Enterprise> {
    const { em } = signedIn(context, ...READERS)
    const enterprise = await em.findOne(Enterprise, { id })
    if (!enterprise) throw notFound('企业')
    return enterprise
  }
}
