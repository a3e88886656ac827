import { ofHazardsSeen } from '../hazard/ofHazardsSeen.js'
import type { SignedIn } from '../shared/context.js'
import { count } from '../shared/read/list.js'
import { both, either, raw, sql, type Sql, TRUE } from '../shared/read/sql.js'
import { Reminder, ReminderKind } from './reminder.entity.js'

/**
 * Reminders meant for the reader (alias t): for his role or for him alone, of no kind that he has switched off. The scope
 * narrows them to his territory, trade or enterprise, the hazard to his workshop.
 */
export async function mine(ctx: SignedIn, unread: boolean, asOf?: string): Promise<Sql> {
  const { id, role, scope } = ctx.actor
  const [choice] = await ctx.reader.all('select muted from reminder_choice where person = ?', [id])
  const muted = String(choice?.['muted'] ?? '')
    .split(' ')
    .filter((kind) => kind in ReminderKind)
  const seen = ofHazardsSeen(ctx, asOf)
  return both(
    sql`t.audience = ${role} and (t.person is null or t.person = ${id})`,
    muted.length ? sql`t.kind not in (${raw(muted.map((kind) => `'${kind}'`).join(', '))})` : TRUE,
    scope.workshop === undefined ? seen : either(raw('t.hazard_id is null'), seen),
    unread ? sql`not exists (select 1 from reminder_read x where x.reminder_id = t.id and x.person = ${id})` : TRUE,
  )
}

export const unreadOf = async (ctx: SignedIn): Promise<number> => count(Reminder, ctx, undefined, await mine(ctx, true))
