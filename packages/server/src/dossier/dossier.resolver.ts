import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { act } from '../shared/act.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { Context, SignedIn } from '../shared/context.js'
import { addDays, dayOf } from '../shared/days.js'
import { count } from '../shared/read/list.js'
import type { ListField } from '../shared/read/listField.js'
import { both, sql, type Sql, TRUE } from '../shared/read/sql.js'
import { scopeSql } from '../shared/read/reading.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { DossierDocument } from './document.entity.js'
import { reviewQueue } from './document.resolver.js'
import { Dossier } from './dossier.entity.js'
import { RETURNED } from './duties.js'
import { expiringSql } from './expiring.js'
import { ExpiryNotice } from './expiryNotice.entity.js'
import { dossierReader } from './rights.js'
import { noticeDays, rulesFrom } from './rules.js'
import { DossierTodo, DossierView, ExpiringItem } from './view.js'
import { expiringBy, viewOf } from './viewOf.js'

export const DOSSIERS: ListField<{ search?: string }> = {
  name: 'dossiers',
  target: Dossier,
  description: '一企一档：每家企业档案的完整度，按部分、按原因筛选与统计',
  who: dossierReader,
  fallback: [{ field: 'percent' }, { field: 'id' }],
  args: { search: ['String', '企业名称'] },
  also: (ctx, { search }) => ofEnterprise(ctx, search),
}

const ofEnterprise = ({ actor }: SignedIn, search: string | undefined): Sql => {
  const said = search?.trim().slice(0, 100)
  if (!said) return TRUE
  return sql`exists (select 1 from enterprise de where de.id = t.enterprise_id and de.name like ${`%${said.replace(/[\\%_]/g, (c) => `\\${c}`)}%`} escape '\\' and ${scopeSql(Enterprise, 'de', actor.scope)})`
}

const mine = ({ actor, reader }: SignedIn, unread: boolean): Sql =>
  both(sql`t.audience = ${actor.role}`, unread ? sql`t.read = ${reader.engine === 'sqlite' ? 0 : false}` : TRUE)

export const EXPIRY_NOTICES: ListField<{ unread?: boolean }> = {
  name: 'expiryNotices',
  target: ExpiryNotice,
  description: '给我的到期提醒：证照、资料、检验',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  args: { unread: ['Boolean', '只要未读的'] },
  also: (ctx, { unread }) => mine(ctx, !!unread),
}

@Resolver()
export class DossierResolver {
  @Query(() => DossierView, { description: '一家企业的档案，逐项说明齐不齐、缺什么' })
  async dossierOf(@Ctx() context: Context, @Arg('enterprise', () => ID) id: string): Promise<DossierView> {
    return viewOf(dossierReader(context), id)
  }

  @Query(() => [ExpiringItem], { description: '已过期和几天内到期的证照、资料、检验，最早的在前，最多 500 项' })
  async dossierExpiring(
    @Ctx() context: Context,
    @Arg('days', () => Int, { defaultValue: 60 }) days: number,
    @Arg('enterprise', () => ID, { nullable: true }) enterprise?: string,
  ): Promise<ExpiringItem[]> {
    const ctx = dossierReader(context)
    return expiringBy(ctx, addDays(dayOf(ctx.now), Math.max(-3650, Math.min(3650, days))), enterprise)
  }

  @Query(() => DossierTodo, { description: '一企一档的待办：待审核、被退回、过期和将到期' })
  async dossierTodo(@Ctx() context: Context): Promise<DossierTodo> {
    const ctx = dossierReader(context)
    const { reader, actor } = ctx
    const today = dayOf(ctx.now)
    const rules = rulesFrom(await reader.all('select key, value from setting'))
    const steps = noticeDays(rules)
    const { dossierFarDays: far, dossierNearDays: near, dossierLastDays: last } = rules
    const until = (days: number) => addDays(today, days)
    const all = expiringSql(actor.scope, until(far))
    const [row] = await reader.all(
      `select count(case when expires_on < ? then 1 end) as expired, count(case when expires_on >= ? and expires_on <= ? then 1 end) as last, count(case when expires_on >= ? and expires_on <= ? then 1 end) as near, count(case when expires_on >= ? then 1 end) as far from (${all.sql}) x`,
      [today, today, until(last), today, until(near), today, ...all.params],
    )
    return {
      toReview: await count(DossierDocument, ctx, undefined, reviewQueue(actor)),
      returned: await count(DossierDocument, ctx, undefined, RETURNED),
      ...{ expired: Number(row!['expired']), last: Number(row!['last']), near: Number(row!['near']), far: Number(row!['far']), steps },
      unread: await count(ExpiryNotice, ctx, undefined, mine(ctx, true)),
    }
  }

  @Mutation(() => Int, { description: '到期提醒标为已读' })
  async expiryNoticesRead(@Ctx() context: Context, @Arg('ids', () => [ID]) ids: string[]): Promise<number> {
    const ctx = signedIn(context)
    return act(ctx, 'expiryNoticesRead', async ({ em }) => {
      const notices = await em.find(ExpiryNotice, { id: { $in: ids.slice(0, 500) }, audience: ctx.actor.role, read: false })
      for (const notice of notices) notice.read = true
      return notices.length
    })
  }
}
