import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { Context } from '../shared/context.js'
import { nameOf } from '../shared/read/names.js'
import { InstantScalar } from '../shared/scalars.js'
import { ASKED, type Asked } from './question.entity.js'

@ObjectType({ description: '问题的一个版本', simpleResolvers: true })
export class QuestionVersion {
  @Field(() => Int, { description: '第几版' }) number!: number
  @Field(() => InstantScalar) at!: string
  @Field(() => ID) actor!: string
  @Field(() => String, { nullable: true }) actorName!: string | null
  @Field(() => String) name!: string
  @Field(() => String, { nullable: true }) description?: string | undefined
  @Field(() => String) query!: string
  @Field(() => String, { nullable: true }) variables?: string | undefined
  @Field(() => String, { nullable: true }) list?: string | undefined
  @Field(() => String, { nullable: true }) chart?: string | undefined
}

/** Every state in which a question was saved, oldest first: told by the log, which keeps each datum before and after. */
export async function versionsOf(context: Context, question: string): Promise<QuestionVersion[]> {
  const rows = await context.reader.all(`select at, actor, diff from change where thing = 'Question' and record = ? order by seq`, [question])
  const versions: QuestionVersion[] = []
  let state: Partial<Asked> = {}
  for (const row of rows) {
    const diff = JSON.parse(String(row['diff'])) as Record<string, [unknown, unknown]>
    const changed = ASKED.filter((name) => name in diff)
    if (!changed.length) continue
    state = { ...state, ...Object.fromEntries(changed.map((name) => [name, diff[name]![1] ?? undefined])) }
    const actor = String(row['actor'])
    versions.push({ ...(state as Asked), number: versions.length + 1, at: String(row['at']), actor, actorName: await nameOf(context, 'person', actor) })
  }
  return versions
}
