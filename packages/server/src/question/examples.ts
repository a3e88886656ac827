import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Field, ID, ObjectType } from 'type-graphql'
import type { Day } from '../shared/days.js'
import { monthBefore, monthVariables } from './month.js'

@ObjectType({ description: '示例问题', simpleResolvers: true })
export class QuestionExample {
  @Field(() => ID) key!: string
  @Field(() => String) name!: string
  @Field(() => String, { description: '这个问题回答什么' }) description!: string
  @Field(() => String) query!: string
  @Field(() => String, { nullable: true, description: '变量（JSON）' }) variables?: string | undefined
  @Field(() => String, { description: '建议的图表（JSON）' }) chart!: string
}

const FOLDER = fileURLToPath(new URL('../../content/questions/', import.meta.url))

/** One file each: comment lines `# name: …`, `# description: …`, `# chart: {…}`, `# variables: {…}`, then the query. */
function readExample(file: string): QuestionExample {
  const text = readFileSync(`${FOLDER}${file}`, 'utf8')
  const said = new Map([...text.matchAll(/^# (name|description|chart|variables): (.+)$/gm)].map((match) => [match[1]!, match[2]!.trim()]))
  const query = text.replace(/^# (name|description|chart|variables): .+\n/gm, '').trim()
  const variables = said.get('variables')
  return {
    ...{ key: file.replace('.graphql', ''), name: said.get('name')!, description: said.get('description')!, chart: said.get('chart')!, query },
    ...(variables ? { variables } : {}),
  }
}

export const EXAMPLES: readonly QuestionExample[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.graphql'))
  .sort()
  .map(readExample)

/** As they are run on a day: a variable that may follow the calendar and has no value of its own asks for the month before. */
export function examplesOn(today: Day): QuestionExample[] {
  const month = monthVariables(monthBefore(today))
  const filled = (name: string, value: unknown): unknown => (value === null ? (month[name] ?? null) : value)
  return EXAMPLES.map((example) => (example.variables ? { ...example, variables: JSON.stringify(JSON.parse(example.variables), filled) } : example))
}
