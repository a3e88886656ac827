import { Arg, Ctx, Field, InputType, Int, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import { DayScalar } from '../shared/scalars.js'
import { NO_EXPOSURE } from './grade.js'
import { ID_ARG, INT, onPoint, VERSION } from './load.js'
import { presetOf } from './presets.js'
import { RiskPoint } from './riskPoint.entity.js'
import { ControlLevel, DirectRed, ReviewCause } from './terms.js'

@InputType({ description: '一次取值：L、E 乘以 10（0.5 写作 5）；LS 法不填 E，C 填后果 S' })
class RatingInput {
  @Field(() => Int) l10!: number
  @Field(() => Int, { nullable: true }) e10?: number
  @Field(() => Int) c!: number
}

@InputType({ description: '一次评价：无措施时的固有风险和现有措施下的剩余风险' })
class AssessmentInput {
  @Field(() => String, { description: '评价预设代码' }) preset!: string
  @Field(() => RatingInput, { description: '固有风险' }) inherent!: RatingInput
  @Field(() => RatingInput, { description: '剩余风险' }) residual!: RatingInput
  @Field(() => DirectRed, { nullable: true, description: '直接判定为重大风险的理由' }) directRed?: DirectRed
  @Field(() => String, { nullable: true, description: '直接判定的具体情况' }) directRedNote?: string
  @Field(() => ControlLevel, { nullable: true, description: '管控层级；不填按预设，只能提高' }) controlLevel?: ControlLevel
  @Field(() => ReviewCause, { nullable: true, description: '为什么评价；不填为定期' }) cause?: ReviewCause
  @Field(() => DayScalar, { nullable: true, description: '下次复评日期，最迟一年；不填为一年' }) nextReviewOn?: string
}

const rating = ({ l10, e10, c }: RatingInput) => ({ l10, e10: e10 ?? NO_EXPOSURE, c })

/** Rating, looking again, confirming. */
@Resolver()
export class RiskAssessmentResolver {
  @Mutation(() => RiskPoint, { description: '评价风险：分固有和剩余；较大以上等站所确认' })
  riskPointAssess(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('assessment', () => AssessmentInput) { preset, inherent, residual, cause, ...more }: AssessmentInput,
    @Arg('reason', () => String, { nullable: true, description: '有变化的，写明什么变了' }) reason?: string,
  ): Promise<RiskPoint> {
    return onPoint(context, 'riskPointAssess', { id, version, reason }, async (point, { actor, now }, em) =>
      point.assess(actor, now, {
        ...more,
        preset: await presetOf(em, preset, now),
        inherent: rating(inherent),
        residual: rating(residual),
        cause: cause ?? ReviewCause.PERIODIC,
      }),
    )
  }

  @Mutation(() => RiskPoint, { description: '复评：看过，等级不变' })
  riskPointReview(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('cause', () => ReviewCause) cause: ReviewCause,
    @Arg('reason', () => String, { nullable: true }) reason?: string,
    @Arg('nextReviewOn', () => DayScalar, { nullable: true }) nextReviewOn?: string,
  ): Promise<RiskPoint> {
    return onPoint(context, 'riskPointReview', { id, version, reason }, (point, { actor, now }) => point.review(actor, now, { cause, reason, nextReviewOn }))
  }

  @Mutation(() => RiskPoint, { description: '站所确认较大以上风险的评价' })
  riskPointConfirm(@Ctx() context: Context, @Arg('id', ID_ARG) id: string, @Arg('version', INT, VERSION) version: number): Promise<RiskPoint> {
    return onPoint(context, 'riskPointConfirm', { id, version }, (point, { actor, now }) => point.confirm(actor, now))
  }

  @Mutation(() => RiskPoint, { description: '要求复评：情况有变，或站所不同意这个评价' })
  riskPointAskReview(
    @Ctx() context: Context,
    @Arg('id', ID_ARG) id: string,
    @Arg('version', INT, VERSION) version: number,
    @Arg('cause', () => ReviewCause) cause: ReviewCause,
    @Arg('reason', () => String) reason: string,
  ): Promise<RiskPoint> {
    return onPoint(context, 'riskPointAskReview', { id, version, reason }, (point, { actor }) => point.askReview(actor, cause, reason))
  }
}
