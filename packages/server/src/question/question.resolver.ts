import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { forbidden, notFound, Refusal } from '../shared/refusal.js'
import { examplesOn, QuestionExample } from './examples.js'
import { cleaned, QuestionInput } from './facts.js'
import { ownedQuestion, questionFor } from './find.js'
import { ASKED, Question, QuestionSharing } from './question.entity.js'
import { sharedPlace } from './place.js'
import { understand, doorOf } from './understand.js'
import { QuestionVersion, versionsOf } from './versions.js'

const MOST_OWN = 500

/** 问题: kept, shared, scheduled, brought back. */
@Resolver(() => Question)
export class QuestionResolver {
  @Query(() => Question, { nullable: true, description: '一个问题，按标识或网址名' })
  async question(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<Question | null> {
    return questionFor(entitled(context, Capability.QUESTIONS), id)
  }

  @Query(() => [QuestionVersion], { description: '问题的各个版本，最近的在前' })
  async questionVersions(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<QuestionVersion[]> {
    const ctx = entitled(context, Capability.QUESTIONS)
    const question = await questionFor(ctx, id)
    if (!question) throw notFound('问题')
    return (await versionsOf(ctx, question.id)).reverse()
  }

  @Query(() => [QuestionExample], { description: '可以直接运行的示例问题' })
  questionExamples(@Ctx() context: Context): readonly QuestionExample[] {
    return examplesOn(dayOf(entitled(context, Capability.QUESTIONS).now))
  }

  @Mutation(() => Question, { description: '保存问题；不填标识为新建' })
  async questionSave(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID, { nullable: true }) id: string | null | undefined,
    @Arg('version', () => Int, { nullable: true }) version: number | null | undefined,
    @Arg('facts', () => QuestionInput) typed: QuestionInput,
  ): Promise<Question> {
    const ctx = entitled(context, Capability.QUESTIONS)
    const { values, ...facts } = cleaned(typed)
    understand(doorOf(info.schema), { query: facts.query, list: facts.list, variables: values }, { role: ctx.actor.role })
    return act(ctx, 'questionSave', async ({ em }) => {
      if (id) {
        const question = await ownedQuestion(em, ctx.actor, id, version)
        return Object.assign(question, facts)
      }
      if ((await em.count(Question, { owner: ctx.actor.id, archivedAt: null })) >= MOST_OWN) throw new Refusal('TOO_MANY', `每人最多保存 ${MOST_OWN} 个问题`)
      const { division, station } = ctx.actor.scope
      const question = Object.assign(new Question(), facts, { owner: ctx.actor.id, division, createdAt: instant(ctx.now) }, station ? { station } : {})
      em.persist(question)
      return question
    })
  }

  @Mutation(() => Question, { description: '共享给一个范围里的人，或收回' })
  questionShare(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('sharing', () => QuestionSharing) sharing: QuestionSharing,
    @Arg('division', () => String, { nullable: true, description: '区划代码，默认我的辖区' }) division: string | null | undefined,
    @Arg('station', () => String, { nullable: true, description: '站所代码' }) station: string | null | undefined,
  ): Promise<Question> {
    const ctx = entitled(context, Capability.QUESTIONS)
    return act(ctx, 'questionShare', async ({ em }) => {
      const question = await ownedQuestion(em, ctx.actor, id, version)
      if (question.archivedAt) throw new Refusal('QUESTION_REMOVED', '这个问题已经移除，请先恢复')
      const place = await sharedPlace(ctx.actor, em, division, station)
      question.sharing = sharing
      question.division = place.division
      if (place.station) question.station = place.station
      else delete question.station
      return question
    })
  }

  @Mutation(() => Question, { description: '月末自动运行，结果留存 24 个月' })
  questionSchedule(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('monthly', () => Boolean) monthly: boolean,
  ): Promise<Question> {
    const ctx = entitled(context, Capability.QUESTIONS)
    return act(ctx, 'questionSchedule', async ({ em }) => {
      const question = await ownedQuestion(em, ctx.actor, id, version)
      if (question.archivedAt) throw new Refusal('QUESTION_REMOVED', '这个问题已经移除，请先恢复')
      if (monthly && !question.monthly) question.monthlySince = dayOf(ctx.now)
      question.monthly = monthly
      return question
    })
  }

  @Mutation(() => Question, { description: '恢复到较早的版本；移除的问题随之恢复' })
  async questionRestore(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('to', () => Int, { description: '第几版' }) to: number,
  ): Promise<Question> {
    const ctx = entitled(context, Capability.QUESTIONS)
    const question = await questionFor(ctx, id)
    if (!question) throw notFound('问题')
    if (question.owner !== ctx.actor.id) throw forbidden('只有问题的所有人能恢复版本')
    const wanted = (await versionsOf(ctx, question.id)).find(({ number }) => number === to)
    if (!wanted) throw notFound('版本')
    const { values, ...facts } = cleaned({ ...wanted, slug: question.slug ?? null })
    understand(doorOf(info.schema), { query: facts.query, list: facts.list, variables: values }, { role: ctx.actor.role })
    return act(ctx, 'questionRestore', async ({ em }) => {
      const own = await ownedQuestion(em, ctx.actor, id, version)
      delete own.archivedAt
      return Object.assign(own, Object.fromEntries(ASKED.map((name) => [name, facts[name]])))
    })
  }

  @Mutation(() => Question, { description: '移除问题（可恢复）' })
  questionRemove(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Question> {
    const ctx = entitled(context, Capability.QUESTIONS)
    return act(ctx, 'questionRemove', async ({ em }) => {
      const question = await ownedQuestion(em, ctx.actor, id, version)
      if (question.archivedAt) throw new Refusal('QUESTION_REMOVED', '这个问题已经移除了')
      question.archivedAt = instant(ctx.now)
      question.sharing = QuestionSharing.PRIVATE
      question.monthly = false
      return question
    })
  }
}
