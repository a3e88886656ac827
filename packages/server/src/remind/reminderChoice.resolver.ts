import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import type { Context, SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { isDuty } from './kinds.js'
import { isMailAddress, maskMail } from './mailAddress.js'
import { mailIsSet } from './mail.js'
import { KIND_NAME, ReminderKind } from './reminder.entity.js'
import { ReminderChoice } from './reminderChoice.entity.js'

@ObjectType({ description: '一类提醒要不要', simpleResolvers: true })
class KindChoice {
  @Field(() => ReminderKind) kind!: ReminderKind
  @Field(() => String, { description: '名称' }) label!: string
  @Field(() => Boolean, { description: '属于职责，不能关闭' }) duty!: boolean
  @Field(() => Boolean, { description: '会提醒我' }) on!: boolean
}

@ObjectType({ description: '我的提醒设置', simpleResolvers: true })
class MyReminders {
  @Field(() => ID, { description: '账号' }) id!: string
  @Field(() => [KindChoice]) kinds!: KindChoice[]
  @Field(() => Boolean, { description: '每日汇总发到我的邮箱' }) mail!: boolean
  @Field(() => String, { nullable: true, description: '邮箱（部分遮盖）' }) addressMasked!: string | null
  @Field(() => Boolean, { description: '系统已设置发信服务器' }) mailPossible!: boolean
}

const shown = (person: string, choice: ReminderChoice | null): MyReminders => ({
  id: person,
  kinds: Object.values(ReminderKind).map((kind) => ({ kind, label: KIND_NAME[kind], duty: isDuty(kind), on: !choice?.mutes(kind) })),
  ...{ mail: choice?.mail ?? false, addressMasked: maskMail(choice?.address), mailPossible: mailIsSet() },
})

/** 提醒设置: everybody's own. */
@Resolver()
export class ReminderChoiceResolver {
  @Query(() => MyReminders, { description: '我的提醒设置' })
  async myReminders(@Ctx() context: Context): Promise<MyReminders> {
    const { em, actor } = signedIn(context, ...READERS)
    return shown(actor.id, await em.findOne(ReminderChoice, { person: actor.id }))
  }

  @Mutation(() => MyReminders, { description: '开启或关闭一类提醒；属于职责的不能关闭' })
  reminderSwitch(@Ctx() context: Context, @Arg('kind', () => ReminderKind) kind: ReminderKind, @Arg('on', () => Boolean) on: boolean): Promise<MyReminders> {
    const ctx = signedIn(context, ...READERS)
    if (!on && isDuty(kind)) throw new Refusal('REMINDER_DUTY', `“${KIND_NAME[kind]}”属于职责，不能关闭`)
    return choose(ctx, 'reminderSwitch', (choice) => choice.mute(kind, !on))
  }

  @Mutation(() => MyReminders, { description: '每日汇总发到邮箱：本人同意后填写；关闭时邮箱一并删除' })
  reminderMail(
    @Ctx() context: Context,
    @Arg('on', () => Boolean) on: boolean,
    @Arg('address', () => String, { nullable: true, description: '邮箱；不填则用原来的' }) typed?: string,
  ): Promise<MyReminders> {
    const ctx = signedIn(context, ...READERS)
    const address = typed?.trim()
    return choose(ctx, 'reminderMail', (choice) => {
      if (!on) delete choice.address
      else {
        if (address && !isMailAddress(address)) throw new Refusal('MAIL_ADDRESS', '邮箱地址不对，请检查', { field: 'address' })
        if (address) choice.address = address
        if (!choice.address) throw new Refusal('MISSING', '请填写邮箱', { field: 'address' })
      }
      choice.mail = on
    })
  }
}

function choose(ctx: SignedIn, name: string, change: (choice: ReminderChoice) => void): Promise<MyReminders> {
  return act(ctx, name, async ({ em }) => {
    const known = await em.findOne(ReminderChoice, { person: ctx.actor.id })
    const choice = known ?? Object.assign(new ReminderChoice(), { person: ctx.actor.id, createdAt: instant(ctx.now) })
    change(choice)
    em.persist(choice)
    return shown(ctx.actor.id, choice)
  })
}
