import { Field, InputType } from 'type-graphql'
import { Refusal } from '../shared/refusal.js'

@InputType({ description: '问题' })
export class QuestionInput {
  @Field(() => String, { description: '名称' }) name!: string
  @Field(() => String, { nullable: true, description: '网址名：小写字母、数字和短横，用在 /q/网址名.csv' }) slug?: string | null
  @Field(() => String, { nullable: true, description: '说明' }) description?: string | null
  @Field(() => String, { description: '查询' }) query!: string
  @Field(() => String, { nullable: true, description: '变量（JSON 对象）' }) variables?: string | null
  @Field(() => String, { nullable: true, description: '有几个清单时，导出哪一个' }) list?: string | null
  @Field(() => String, { nullable: true, description: '图表（JSON 对象）' }) chart?: string | null
}

const MOST = { name: 80, description: 2_000, chart: 8_192, variables: 16_384, list: 60 }
const SLUG = /^[a-z][a-z0-9-]{2,59}$/

/** What was typed in, trimmed and measured; an empty field is none. */
export function cleaned(typed: QuestionInput) {
  const text = (name: keyof typeof MOST, label: string): string | undefined => {
    const value = typed[name]?.trim()
    if (value && value.length > MOST[name]) throw new Refusal('TOO_LONG', `${label}最多 ${MOST[name]} 个字`, { field: name })
    return value || undefined
  }
  const name = text('name', '名称')
  if (!name) throw new Refusal('QUESTION_NAME', '请填写名称', { field: 'name' })
  const slug = typed.slug?.trim() || undefined
  if (slug && !SLUG.test(slug)) throw new Refusal('QUESTION_SLUG', '网址名用 3 到 60 个小写字母、数字或短横，以字母开头', { field: 'slug' })
  const variables = text('variables', '变量')
  const chart = text('chart', '图表')
  if (chart) objectOf(chart, 'QUESTION_CHART', '图表设置', 'chart')
  return {
    ...{ name, slug, description: text('description', '说明'), query: typed.query, list: text('list', '清单'), variables, chart },
    values: variables ? objectOf(variables, 'QUESTION_VARIABLES', '变量', 'variables') : undefined,
  }
}

/** A JSON object, or a refusal beside its field. */
export function objectOf(text: string, code: string, label: string, field: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // said below
  }
  throw new Refusal(code, `${label}不是 JSON 对象，应写成 {"名": 值}`, { field })
}
