import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { correct, enter, withdraw } from './recordActs.js'
import { dossierReader } from './rights.js'
import { TrainingFacts, TrainingRecord } from './training.entity.js'

export const TRAININGS: ListField = {
  name: 'trainings',
  target: TrainingRecord,
  description: '教育培训记录',
  who: dossierReader,
  fallback: [{ field: 'heldOn', dir: 'DESC' }],
}

/** What is entered of trainings. */
@Resolver(() => TrainingRecord)
export class TrainingResolver {
  @Mutation(() => TrainingRecord, { description: '登记教育培训记录' })
  trainingEnter(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('facts', () => TrainingFacts as never) facts: TrainingFacts,
  ): Promise<TrainingRecord> {
    return enter(context, 'trainingEnter', TrainingRecord, enterprise, facts)
  }

  @Mutation(() => TrainingRecord, { description: '更正教育培训记录' })
  trainingCorrect(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => TrainingFacts as never) facts: TrainingFacts,
  ): Promise<TrainingRecord> {
    return correct(context, 'trainingCorrect', TrainingRecord, { id, version }, facts)
  }

  @Mutation(() => TrainingRecord, { description: '作废教育培训记录，写明原因' })
  trainingVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<TrainingRecord> {
    return withdraw(context, 'trainingVoid', TrainingRecord, { id, version, reason })
  }
}
