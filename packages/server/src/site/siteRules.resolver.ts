import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Setting } from '../standard/setting.entity.js'
import { needSaid } from './siteRow.js'
import { settingKey, SITE_RULE_KEYS, SITE_RULES, type SiteRuleKey } from './siteRules.js'

@ObjectType({ description: '现场管理参数', simpleResolvers: true })
class SiteRule {
  @Field(() => String) key!: string
  @Field(() => String, { description: '名称' }) label!: string
  @Field(() => String, { description: '单位' }) unit!: string
  @Field(() => Int, { description: '当前值' }) value!: number
  @Field(() => Int, { description: '出厂值' }) standard!: number
  @Field(() => Int) low!: number
  @Field(() => Int) high!: number
  @Field(() => Int, { description: '版本；从未改过为 0' }) version!: number
}

const shown = (key: SiteRuleKey, setting: Setting | undefined): SiteRule => ({
  ...{ key, ...SITE_RULES[key] },
  ...{ value: setting ? Number(setting.value) : SITE_RULES[key].standard, version: setting?.version ?? 0 },
})

@Resolver()
export class SiteRulesResolver {
  @Query(() => [SiteRule], { description: '现场管理参数：周期、达标线、期限' })
  async siteRules(@Ctx() context: Context): Promise<SiteRule[]> {
    const { em } = signedIn(context)
    const kept = new Map((await em.findAll(Setting)).map((setting) => [setting.key, setting]))
    return SITE_RULE_KEYS.map((key) => shown(key, kept.get(settingKey(key))))
  }

  @Mutation(() => SiteRule, { description: '修改现场管理参数；对之后的办理生效' })
  siteRuleChange(
    @Ctx() context: Context,
    @Arg('key', () => String) typed: string,
    @Arg('version', () => Int) version: number,
    @Arg('value', () => Int) value: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<SiteRule> {
    const ctx = entitled(context, Capability.SETTINGS)
    const key = SITE_RULE_KEYS.find((one) => one === typed)
    if (!key) throw notFound('参数')
    const { label, unit, low, high } = SITE_RULES[key]
    if (value < low || value > high) throw new Refusal('SETTING_RANGE', `“${label}”应在 ${low} 至 ${high} ${unit}之间`, { field: 'value' })
    const said = needSaid(reason, 'reason', '修改原因')
    const work = async ({ em }: Pick<Context, 'em'>) => {
      const setting =
        (await em.findOne(Setting, { key: settingKey(key) })) ?? Object.assign(new Setting(), { key: settingKey(key), createdAt: instant(ctx.now) })
      if ((setting.version ?? 0) !== version) throw conflict()
      setting.value = String(value)
      em.persist(setting)
      return setting
    }
    return act(ctx, 'siteRuleChange', work, said).then((setting) => shown(key, setting))
  }
}
