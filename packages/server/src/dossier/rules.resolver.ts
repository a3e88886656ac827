import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { signedIn } from '../shared/signedIn.js'
import { Setting } from '../standard/setting.entity.js'
import { DOSSIER_RULES, isDossierRule, RULE_KEYS, rulesFrom } from './rules.js'
import { DossierRule } from './view.js'

const shown = (key: (typeof RULE_KEYS)[number], setting: Setting | undefined): DossierRule => ({
  ...{ key, ...DOSSIER_RULES[key], value: setting ? Number(setting.value) : DOSSIER_RULES[key].standard, version: setting?.version ?? 0 },
})

/** The numbers of the dossier that the town office sets: whether a paper counts before its review, and when somebody is told of its end. */
@Resolver()
export class DossierRulesResolver {
  @Query(() => [DossierRule], { description: '一企一档的规则参数' })
  async dossierRules(@Ctx() context: Context): Promise<DossierRule[]> {
    const { em } = signedIn(context)
    const kept = await em.find(Setting, { key: { $in: RULE_KEYS } })
    return RULE_KEYS.map((key) =>
      shown(
        key,
        kept.find((one) => one.key === key),
      ),
    )
  }

  @Mutation(() => DossierRule, { description: '修改一企一档的规则参数；各企业档案随即重新计算' })
  dossierRuleChange(
    @Ctx() context: Context,
    @Arg('key', () => String) key: string,
    @Arg('version', () => Int) version: number,
    @Arg('value', () => Int) value: number,
    @Arg('reason', () => String) typed: string,
  ): Promise<DossierRule> {
    const ctx = entitled(context, Capability.SETTINGS)
    if (!isDossierRule(key)) throw notFound('参数')
    const { label, unit, low, high } = DOSSIER_RULES[key]
    if (value < low || value > high) throw new Refusal('SETTING_RANGE', `“${label}”应在 ${low} 至 ${high} ${unit}之间`, { field: 'value' })
    const reason = typed.trim()
    if (!reason) throw new Refusal('MISSING', '请写明修改原因', { field: 'reason' })
    const work = async ({ em }: Pick<Context, 'em'>) => {
      const all = await em.find(Setting, { key: { $in: RULE_KEYS } })
      const { dossierFarDays, dossierNearDays, dossierLastDays } = rulesFrom([...all.filter((one) => one.key !== key), { key, value }])
      if (!(dossierFarDays > dossierNearDays && dossierNearDays > dossierLastDays))
        throw new Refusal('SETTING_ORDER', '三次提醒须一次比一次近：第一次 > 第二次 > 最后一次', { field: 'value' })
      const setting = all.find((one) => one.key === key) ?? Object.assign(new Setting(), { key, createdAt: instant(ctx.now) })
      if ((setting.version ?? 0) !== version) throw conflict()
      setting.value = String(value)
      em.persist(setting)
      return setting
    }
    return act(ctx, 'dossierRuleChange', work, reason).then((setting) => shown(key, setting))
  }
}
