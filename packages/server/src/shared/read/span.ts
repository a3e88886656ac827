import { GraphQLEnumType, GraphQLNonNull } from 'graphql'
import { type Bucket, BUCKETS, ZONES } from './bucket.js'

const WORDS: Record<Bucket, string> = {
  HOUR: '小时',
  DAY: '天',
  WEEK: '周（ISO，周一起）',
  MONTH: '月',
  QUARTER: '季',
  YEAR: '年',
  WEEKDAY: '星期几（1 为周一）',
  PHASE: '行动阶段',
}

const bucket = new GraphQLEnumType({
  name: 'Bucket',
  description: '按多长的时段分组',
  values: Object.fromEntries(BUCKETS.map((name) => [name, { value: name, description: WORDS[name] }])),
})
const zone = new GraphQLEnumType({
  name: 'Zone',
  description: '按哪里的时间分组',
  values: Object.fromEntries(Object.keys(ZONES).map((name) => [name, { value: name }])),
})

/** The arguments of a time to group by. */
export const SPAN = {
  by: { type: bucket, description: '不写则按原值' },
  zone: { type: new GraphQLNonNull(zone), defaultValue: 'SHANGHAI' },
}
