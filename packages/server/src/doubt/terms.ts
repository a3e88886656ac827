import { registerEnumType } from 'type-graphql'
import type { Role } from '../shared/context.js'
import { worded } from '../shared/words.js'

/** 记录种类: what can be filled in perfunctorily. */
export enum DoubtKind {
  CHECK = 'CHECK',
  RECTIFICATION = 'RECTIFICATION',
}
registerEnumType(DoubtKind, { name: 'DoubtKind', description: '疑似敷衍的记录', valuesConfig: worded({ CHECK: '企业自查', RECTIFICATION: '隐患整改' }) })

export enum SampleCause {
  DOUBTFUL = 'DOUBTFUL',
  RANDOM = 'RANDOM',
}
registerEnumType(SampleCause, { name: 'SampleCause', description: '为什么抽中', valuesConfig: worded({ DOUBTFUL: '疑似敷衍', RANDOM: '随机抽取' }) })

export enum SampleVerdict {
  PERFUNCTORY = 'PERFUNCTORY',
  FINE = 'FINE',
}
registerEnumType(SampleVerdict, { name: 'SampleVerdict', description: '核查结论', valuesConfig: worded({ PERFUNCTORY: '确属敷衍', FINE: '没有问题' }) })

/** Who sees scores and draws samples; an enterprise never sees its own, or it would write for the score. */
export const INSPECTORS: readonly Role[] = ['TOWN_OFFICE', 'STATION', 'COUNTY']
