import { Capability, entitled } from '../shared/capability.js'
import type { ListField } from '../shared/read/listField.js'
import { searchSql } from '../shared/read/search.js'
import { both, sql, TRUE } from '../shared/read/sql.js'
import { divisionRange } from '../shared/scope.js'
import { ApiToken } from './apiToken.entity.js'
import { Question } from './question.entity.js'
import { visibleSql } from './visible.js'

export const QUESTIONS: ListField<{ search?: string | null; mine?: boolean | null; archived?: boolean | null }> = {
  name: 'questions',
  target: Question,
  description: '我的问题，和别人共享给我的',
  who: (context) => entitled(context, Capability.QUESTIONS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  args: {
    search: ['String', '名称'],
    mine: ['Boolean', '只看我的，或只看共享给我的'],
    archived: ['Boolean', '只看我移除了的'],
  },
  also: (ctx, { search, mine, archived }) =>
    both(
      visibleSql(ctx),
      archived ? sql`t.archived_at is not null and t.owner = ${ctx.actor.id}` : sql`t.archived_at is null`,
      mine == null ? TRUE : mine ? sql`t.owner = ${ctx.actor.id}` : sql`t.owner <> ${ctx.actor.id}`,
      searchSql(search ?? undefined, ['name'], ctx.reader.engine),
    ),
}

export const TOKENS: ListField<{ all?: boolean | null }> = {
  name: 'tokens',
  target: ApiToken,
  description: '我的访问令牌；管理员可看辖区内所有人的',
  who: (context) => entitled(context, Capability.QUESTIONS),
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
  args: { all: ['Boolean', '所有人的（管理员）'] },
  also: ({ actor }, { all }) => {
    if (!all || actor.role !== 'ADMIN') return sql`t.owner = ${actor.id}`
    const [low, high] = divisionRange(actor.scope.division)
    return sql`t.division >= ${low} and t.division < ${high}`
  },
}
