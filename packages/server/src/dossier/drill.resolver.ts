import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { Drill, DrillFacts } from './drill.entity.js'
import { correct, enter, withdraw } from './recordActs.js'
import { dossierReader } from './rights.js'

export const DRILLS: ListField = {
  name: 'drills',
  target: Drill,
  description: '应急演练',
  who: dossierReader,
  fallback: [{ field: 'heldOn', dir: 'DESC' }],
}

/** What is entered of drills. */
@Resolver(() => Drill)
export class DrillResolver {
  @Mutation(() => Drill, { description: '登记应急演练' })
  drillEnter(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('facts', () => DrillFacts as never) facts: DrillFacts,
  ): Promise<Drill> {
    return enter(context, 'drillEnter', Drill, enterprise, facts)
  }

  @Mutation(() => Drill, { description: '更正应急演练' })
  drillCorrect(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => DrillFacts as never) facts: DrillFacts,
  ): Promise<Drill> {
    return correct(context, 'drillCorrect', Drill, { id, version }, facts)
  }

  @Mutation(() => Drill, { description: '作废应急演练，写明原因' })
  drillVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Drill> {
    return withdraw(context, 'drillVoid', Drill, { id, version, reason })
  }
}
