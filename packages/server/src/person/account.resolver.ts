import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { searchSql } from '../shared/read/search.js'
import { readPhone } from '../shared/phone.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { rebind, subjectFor } from './external/bind.js'
import { hashPassword, oncePassword } from './password.js'
import { AccountRole, Person, PersonFacts } from './person.entity.js'
import { describe, keep } from './place.js'
import { endSessions } from './session.entity.js'
import { freeUsername } from './username.js'

@ObjectType({ description: '新密码，只显示这一次', simpleResolvers: true })
class NewPassword {
  @Field(() => Person) account!: Person
  @Field(() => String, { description: '首次登录用，登录后须修改' }) password!: string
}

export const ACCOUNTS: ListField<{ search?: string; bound?: boolean }> = {
  name: 'accounts',
  target: Person,
  description: '账号：按用户名、姓名查找',
  who: (context) => entitled(context, Capability.ACCOUNTS),
  fallback: [{ field: 'username' }],
  args: { search: ['String', '用户名、姓名'], bound: ['Boolean', '只要已绑定（或没有绑定）统一身份的'] },
  also: ({ reader }, { search, bound }) => {
    const { sql, params } = searchSql(search, ['username', 'name'], reader.engine)
    return bound == null ? { sql, params } : { sql: `${sql} and t.external_subject is ${bound ? 'not null' : 'null'}`, params }
  },
}

/** 账号管理: by the admin. */
@Resolver()
export class AccountResolver {
  @Mutation(() => NewPassword, { description: '新建账号，给出一次性密码' })
  async accountCreate(
    @Ctx() context: Context,
    @Arg('username', () => String) username: string,
    @Arg('facts', () => PersonFacts) facts: PersonFacts,
    @Arg('phone', () => String, { nullable: true }) phone: string | undefined,
  ): Promise<NewPassword> {
    const ctx = entitled(context, Capability.ACCOUNTS)
    const password = oncePassword()
    const passwordHash = await hashPassword(password)
    const account = await act(ctx, 'accountCreate', async ({ em }) => {
      const person = new Person()
      person.username = await freeUsername(em, username)
      await describe(em, person, facts)
      keep(person, 'phone', readPhone(phone ?? '', 1))
      person.passwordHash = passwordHash
      person.mustChangePassword = true
      person.createdAt = instant(ctx.now)
      em.persist(person)
      return person
    })
    return { account, password }
  }

  @Mutation(() => Person, { description: '修改账号；phone 不填不改，填空则清除' })
  accountEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => PersonFacts) facts: PersonFacts,
    @Arg('phone', () => String, { nullable: true }) phone: string | null | undefined,
  ): Promise<Person> {
    return this.#change(context, 'accountEdit', { id, version }, async (person, ctx) => {
      if (person.id === ctx.actor.id && facts.role !== AccountRole.ADMIN)
        throw new Refusal('OWN_ACCOUNT', '不能改自己的角色，请由另一位管理员修改', { field: 'role' })
      await describe(ctx.em, person, facts)
      if (phone !== undefined) keep(person, 'phone', readPhone(phone ?? '', 1))
    })
  }

  @Mutation(() => Person, { description: '停用账号；它的登录随即失效' })
  accountDisable(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Person> {
    if (!reason.trim()) throw new Refusal('MISSING', '请写明停用原因', { field: 'reason' })
    return this.#change(context, 'accountDisable', { id, version, reason: reason.trim() }, async (person, { em, actor, now }) => {
      // Whoever disables is an admin who stays: the last one cannot be lost.
      if (person.id === actor.id) throw new Refusal('OWN_ACCOUNT', '不能停用自己的账号，请由另一位管理员停用')
      if (person.disabledAt) throw new Refusal('ALREADY', '这个账号已经停用')
      person.disabledAt = instant(now)
      await endSessions(em, person, now)
    })
  }

  @Mutation(() => Person, { description: '启用账号' })
  accountEnable(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Person> {
    return this.#change(context, 'accountEnable', { id, version }, (person) => {
      if (!person.disabledAt) throw new Refusal('ALREADY', '这个账号没有停用')
      delete person.disabledAt
      return Promise.resolve()
    })
  }

  @Mutation(() => Person, { description: '绑定统一身份认证的用户标识（sub）；不填则解除绑定' })
  accountLink(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('subject', () => String, { nullable: true }) subject: string | null | undefined,
  ): Promise<Person> {
    const given = subject?.trim()
    return this.#change(context, given ? 'accountLink' : 'accountUnlink', { id, version }, async (person, { em, now }) => {
      const next = given ? await subjectFor(em, person, given) : undefined
      // Nothing would be logged, and a name or a phone that fits would still open it.
      if (!next && !person.externalSubject) throw new Refusal('ALREADY', '这个账号没有绑定统一身份')
      // Whoever came in by the identity that is taken off goes.
      if (person.externalSubject && person.externalSubject !== next) await endSessions(em, person, now)
      await rebind(em, person, next)
    })
  }

  @Mutation(() => NewPassword, { description: '重置密码，给出一次性密码；它的登录随即失效' })
  async passwordReset(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<NewPassword> {
    entitled(context, Capability.ACCOUNTS)
    const password = oncePassword()
    const passwordHash = await hashPassword(password)
    const account = await this.#change(context, 'passwordReset', { id }, async (person, { em, now }) => {
      person.passwordHash = passwordHash
      person.mustChangePassword = true
      await endSessions(em, person, now)
    })
    return { account, password }
  }

  #change(
    context: Context,
    name: string,
    on: { id: string; version?: number; reason?: string },
    change: (person: Person, ctx: ReturnType<typeof entitled>) => Promise<void>,
  ): Promise<Person> {
    const ctx = entitled(context, Capability.ACCOUNTS)
    return act(
      ctx,
      name,
      async ({ em }) => {
        const person = await em.findOne(Person, { id: on.id })
        if (!person) throw notFound('账号')
        if (on.version !== undefined && person.version !== on.version) throw conflict()
        await change(person, { ...ctx, em })
        return person
      },
      on.reason,
    )
  }
}
