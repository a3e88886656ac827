import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { allRuleSets, ruleKey, type RuleNumber, ruleSetNamed } from './ruleSets.js'
import { Setting } from './setting.entity.js'

@ObjectType({ description: '一组规则参数中的一个', simpleResolvers: true })
class RuleOfSet {
  @Field(() => String, { description: '哪一组' }) set!: string
  @Field(() => String, { description: '哪一组（名称）' }) setLabel!: string
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

const shown = (set: { name: string; label: string }, key: string, rule: RuleNumber, setting: Setting | undefined): RuleOfSet => ({
  ...{ set: set.name, setLabel: set.label, key, ...rule },
  ...{ id: setting?.id ?? null, value: setting ? Number(setting.value) : rule.standard, version: setting?.version ?? 0 },
})

/** 规则参数 of the domains, in sets. */
@Resolver()
export class RuleSetsResolver {
  @Query(() => [RuleOfSet], { description: '各组规则参数' })
  async ruleSets(@Ctx() context: Context): Promise<RuleOfSet[]> {
    const { em } = signedIn(context, ...READERS)
    const kept = new Map((await em.findAll(Setting)).map((setting) => [setting.key, setting]))
    return allRuleSets().flatMap((set) => Object.entries(set.rules).map(([key, rule]) => shown(set, key, rule, kept.get(ruleKey(set.name, key)))))
  }

  @Mutation(() => RuleOfSet, { description: '修改一组规则参数中的一个；对之后的办理生效' })
  ruleOfSetChange(
    @Ctx() context: Context,
    @Arg('set', () => String) name: string,
    @Arg('key', () => String) key: string,
    @Arg('version', () => Int) version: number,
    @Arg('value', () => Int) value: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<RuleOfSet> {
    const ctx = entitled(context, Capability.SETTINGS)
    const set = ruleSetNamed(name)
    const rule = set && Object.hasOwn(set.rules, key) ? set.rules[key] : undefined
    if (!set || !rule) throw notFound('参数')
    const { label, unit, low, high } = rule
    if (value < low || value > high) throw new Refusal('SETTING_RANGE', `“${label}”应在 ${low} 至 ${high} ${unit}之间`, { field: 'value' })
    if (!reason.trim()) throw new Refusal('MISSING', '请写明修改原因', { field: 'reason' })
    const work = async ({ em }: Pick<Context, 'em'>) => {
      const at = ruleKey(name, key)
      const setting = (await em.findOne(Setting, { key: at })) ?? Object.assign(new Setting(), { key: at, createdAt: instant(ctx.now) })
      if ((setting.version ?? 0) !== version) throw conflict()
      setting.value = String(value)
      em.persist(setting)
      return setting
    }
    return act(ctx, 'settingChange', work, reason.trim()).then((setting) => shown(set, key, rule, setting))
  }
}
