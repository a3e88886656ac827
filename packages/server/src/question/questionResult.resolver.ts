import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { notFound } from '../shared/refusal.js'
import { questionFor } from './find.js'
import { QuestionResult } from './questionResult.entity.js'
import { resultsFor } from './results.js'

@Resolver(() => QuestionResult)
export class QuestionResultResolver {
  @Query(() => [QuestionResult], { description: '问题的月末结果，最近的在前；失败的写明原因，次日再试' })
  async questionResults(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<QuestionResult[]> {
    const ctx = entitled(context, Capability.QUESTIONS)
    const question = await questionFor(ctx, id)
    if (!question) throw notFound('问题')
    return resultsFor(ctx.em, ctx.actor, question)
  }
}
