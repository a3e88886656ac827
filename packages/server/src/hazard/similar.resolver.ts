import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { signedIn } from '../shared/signedIn.js'
import { Hazard } from './hazard.entity.js'
import { similar } from './recurring.js'
import { hazardRules } from './rules.js'

@Resolver()
export class SimilarResolver {
  @Query(() => [Hazard], { description: '登记前先看：同一企业近期相似的隐患' })
  async similarHazards(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('description', () => String) description: string,
    @Arg('place', () => String, { defaultValue: '' }) place: string,
  ): Promise<Hazard[]> {
    const ctx = signedIn(context)
    return similar(ctx.em, enterprise, { description, place }, dayOf(ctx.now), await hazardRules(ctx.em))
  }
}
