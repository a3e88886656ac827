import { Arg, Ctx, Field, InputType, Int, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { presetOf } from './presets.js'
import { RiskPreset } from './riskPreset.entity.js'
import { ControlLevel } from './terms.js'

export const RISK_PRESETS: ListField = {
  name: 'riskPresetsConnection',
  target: RiskPreset,
  description: '四色评价预设的各版本（在用的用 riskPresets）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'code' }, { field: 'edition', dir: 'DESC' }],
}

@InputType({ description: '新版本的分界与管控层级；界值乘以 100' })
class RiskPresetInput {
  @Field(() => Int) red100!: number
  @Field(() => Int) orange100!: number
  @Field(() => Int) yellow100!: number
  @Field(() => ControlLevel) redLevel!: ControlLevel
  @Field(() => ControlLevel) orangeLevel!: ControlLevel
  @Field(() => ControlLevel) yellowLevel!: ControlLevel
  @Field(() => ControlLevel) blueLevel!: ControlLevel
  @Field(() => String, { nullable: true }) note?: string
}

/** Bounds are data from above: a new edition is published, the old one stays with the results it gave. */
@Resolver()
export class PresetResolver {
  @Query(() => [RiskPreset], { description: '在用的评价预设' })
  riskPresets(@Ctx() context: Context): Promise<RiskPreset[]> {
    return signedIn(context, ...READERS).em.find(RiskPreset, { active: true }, { orderBy: { code: 'asc' } })
  }

  @Mutation(() => RiskPreset, { description: '发布评价预设的新版本；已有的评价仍按原版本' })
  riskPresetPublish(
    @Ctx() context: Context,
    @Arg('code', () => String) code: string,
    @Arg('edition', () => Int, { description: '您看到的现行版本' }) edition: number,
    @Arg('facts', () => RiskPresetInput) facts: RiskPresetInput,
  ): Promise<RiskPreset> {
    const ctx = entitled(context, Capability.REFERENCE)
    if (!(facts.red100 > facts.orange100 && facts.orange100 > facts.yellow100 && facts.yellow100 > 0))
      throw new Refusal('RISK_BOUNDS', '界值应为红 > 橙 > 黄 > 0', { field: 'red100' })
    return act(ctx, 'riskPresetPublish', async ({ em }) => {
      const current = await presetOf(em, code, ctx.now)
      if (current.edition !== edition) throw new Refusal('CONFLICT', '这个预设刚刚有了新版本，请刷新后再操作')
      current.active = false
      const { name, method, likelihoods, exposures, consequences } = current
      const next = Object.assign(new RiskPreset(), { code, name, method, likelihoods, exposures, consequences }, facts, {
        ...{ edition: edition + 1, active: true, validFrom: dayOf(ctx.now), createdAt: instant(ctx.now) },
      })
      em.persist(next)
      return next
    })
  }
}
