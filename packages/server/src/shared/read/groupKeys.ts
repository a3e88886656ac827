import { type FieldNode, getArgumentValues, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { type Datum, type ThingClass } from '../datum.js'
import { Refusal } from '../refusal.js'
import { BUCKETS, type Bucket, bucketSql, type Zone } from './bucket.js'
import { columnOf } from './column.js'
import type { Joins } from './joins.js'
import { limitsOf } from './limits.js'
import { datumFor, type Reading } from './reading.js'
import { answerName, type Asking, fieldsOf } from './select.js'
import { raw, type Sql } from './sql.js'

/** One thing to group by, where its value stands in the answer, and how it is computed on alias t. */
export interface GroupKey {
  /** From the group down: `['key', 'enterprise', 'station']`, as named in the answer. */
  path: string[]
  value: Sql
  as: string
  flag: boolean
  bucket?: Bucket
}

export type AskingSchema = Asking & { schema: GraphQLSchema }

/** What stands under `key` is what is grouped by. */
export function groupKeys(target: ThingClass, nodes: readonly FieldNode[], info: AskingSchema, reading: Reading, joins: Joins): GroupKey[] {
  const keys: GroupKey[] = []
  const visit = (on: ThingClass, at: string, fields: readonly FieldNode[], path: string[]): void => {
    const type = info.schema.getType(`${on.name}Key`) as GraphQLObjectType
    for (const field of fields) {
      const name = field.name.value
      if (name.startsWith('__')) continue
      const datum = datumFor(on, name, 'group', reading)
      const here = [...path, answerName(field)]
      if (datum.kind === 'link' || datum.kind === 'lookup') {
        if (here.length > limitsOf().hops + 1) throw new Refusal('QUERY_TOO_DEEP', `分组最多跨 ${limitsOf().hops} 层关系`)
        visit(datum.target!(), joins.to(on, at, datum), fieldsOf([field], info), here)
        continue
      }
      if (keys.some((key) => same(key.path, here))) continue
      if (keys.length >= limitsOf().keys) throw new Refusal('QUERY_TOO_WIDE', `最多按 ${limitsOf().keys} 项分组`)
      const args = getArgumentValues(type.getFields()[name]!, field, info.variableValues) as { by?: Bucket | null; zone?: Zone }
      keys.push({ path: here, as: `k${keys.length}`, ...valueOf(datum, at, args, reading) })
    }
  }
  for (const group of fieldsOf(nodes, info)) if (group.name.value === 'key') visit(target, 't', fieldsOf([group], info), [answerName(group)])
  return keys
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((part, i) => part === b[i])

function valueOf(datum: Datum, at: string, { by, zone }: { by?: Bucket | null; zone?: Zone }, reading: Reading): Pick<GroupKey, 'value' | 'flag' | 'bucket'> {
  const column = `${at}.${columnOf(datum)}`
  if (!by) return { value: raw(column), flag: datum.kind === 'flag' }
  if (!BUCKETS.includes(by) || (datum.kind === 'day' && by === 'HOUR')) throw new Refusal('BAD_FILTER', `${datum.label}没有小时，请按天或更长的时段分组`)
  return { value: raw(bucketSql(column, datum.kind, by, zone ?? 'SHANGHAI', reading.engine)), flag: false, bucket: by }
}
