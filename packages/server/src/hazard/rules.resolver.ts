import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Setting } from '../standard/setting.entity.js'
import { disorder, RULE_LABELS } from './ruleLabels.js'
import { DEFAULT_RULES, type HazardRules, type RuleKey } from './rules.js'

/** 规则参数 with its name, its bounds and the value the software ships with. */
@ObjectType({ description: '规则参数', simpleResolvers: true })
class RuleSetting {
  @Field(() => String) key!: string
  @Field(() => String, { nullable: true, description: '历史记录的标识；从未改过则为空' }) id!: string | null
  @Field(() => String, { description: '名称' }) label!: string
  @Field(() => String, { description: '单位' }) unit!: string
  @Field(() => Int, { description: '当前值' }) value!: number
  @Field(() => Int, { description: '出厂值' }) standard!: number
  @Field(() => Int) low!: number
  @Field(() => Int) high!: number
  @Field(() => Int, { description: '版本；从未改过为 0' }) version!: number
}

const KEYS = Object.keys(DEFAULT_RULES) as RuleKey[]
const shown = (key: RuleKey, setting: Setting | undefined): RuleSetting => ({
  ...{ key, ...RULE_LABELS[key], standard: DEFAULT_RULES[key] },
  ...{ id: setting?.id ?? null, value: setting ? Number(setting.value) : DEFAULT_RULES[key], version: setting?.version ?? 0 },
})

@Resolver()
export class RulesResolver {
  @Query(() => [RuleSetting], { description: '规则参数' })
  async settings(@Ctx() context: Context): Promise<RuleSetting[]> {
    const { em } = signedIn(context)
    const kept = new Map((await em.findAll(Setting)).map((setting) => [setting.key, setting]))
    return KEYS.map((key) => shown(key, kept.get(key)))
  }

  @Mutation(() => RuleSetting, { description: '修改规则参数；对之后的操作生效，已定的期限不变' })
  settingChange(
    @Ctx() context: Context,
    @Arg('key', () => String) typed: string,
    @Arg('version', () => Int) version: number,
    @Arg('value', () => Int) value: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<RuleSetting> {
    const ctx = entitled(context, Capability.SETTINGS)
    const key = KEYS.find((one) => one === typed)
    if (!key) throw notFound('参数')
    const { label, unit, low, high } = RULE_LABELS[key]
    if (value < low || value > high)
      throw new Refusal('SETTING_RANGE', low === high ? `“${label}”固定为 ${low} ${unit}` : `“${label}”应在 ${low} 至 ${high} ${unit}之间`, { field: 'value' })
    if (!reason.trim()) throw new Refusal('MISSING', '请写明修改原因', { field: 'reason' })
    const work = async ({ em }: Pick<Context, 'em'>) => {
      const all = await em.findAll(Setting)
      const rules = Object.fromEntries(
        KEYS.map((one) => [
          one,
          shown(
            one,
            all.find((setting) => setting.key === one),
          ).value,
        ]),
      ) as HazardRules
      const broken = disorder({ ...rules, [key]: value }, key)
      if (broken) throw new Refusal('SETTING_ORDER', broken, { field: 'value' })
      const setting = all.find((one) => one.key === key) ?? Object.assign(new Setting(), { key, createdAt: instant(ctx.now) })
      if ((setting.version ?? 0) !== version) throw conflict()
      setting.value = String(value)
      em.persist(setting)
      return setting
    }
    return act(ctx, 'settingChange', work, reason.trim()).then((setting) => shown(key, setting))
  }
}
