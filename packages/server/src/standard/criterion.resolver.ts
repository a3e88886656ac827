import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Criterion } from './criterion.entity.js'
import type { ListField } from '../shared/read/listField.js'

export const CRITERIA: ListField = {
  name: 'criteriaConnection',
  target: Criterion,
  description: '重大隐患判定条款：筛选、统计（清单用 criteria）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'standard' }, { field: 'code' }],
}

@Resolver(() => Criterion)
export class CriterionResolver {
  @Query(() => [Criterion], { description: '重大隐患判定条款；ended 连同已不用的' })
  criteria(@Ctx() context: Context, @Arg('ended', () => Boolean, { defaultValue: false }) ended: boolean): Promise<Criterion[]> {
    const { em } = signedIn(context)
    return em.find(Criterion, ended ? {} : { active: true }, { orderBy: { standard: 'asc', code: 'asc' } })
  }
}
