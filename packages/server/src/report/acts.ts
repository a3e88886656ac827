import { registerEnumType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import { worded } from '../shared/words.js'
import * as may from './rights.js'
import type { Summary } from './summary.entity.js'
import { SummaryState } from './terms.js'

/** What a person can do with a summary now; the acts themselves ask again. */
export enum SummaryAct {
  WRITE = 'WRITE',
  SUBMIT = 'SUBMIT',
  RETURN = 'RETURN',
  ACCEPT = 'ACCEPT',
  REOPEN = 'REOPEN',
  CHASE = 'CHASE',
}
registerEnumType(SummaryAct, {
  name: 'SummaryAct',
  description: '可以对工作总结做的事',
  valuesConfig: worded({ WRITE: '填写', SUBMIT: '报送', RETURN: '退回', ACCEPT: '审核', REOPEN: '重开更正', CHASE: '催报' }),
})

export function summaryActs(by: Actor, summary: Summary): SummaryAct[] {
  const { state } = summary
  const open = state === SummaryState.DRAFT || state === SummaryState.RETURNED
  const [mine, below] = [may.write(by, summary), may.judge(by, summary)]
  const can: Record<SummaryAct, boolean> = {
    WRITE: open && mine,
    SUBMIT: open && mine,
    RETURN: state === SummaryState.SUBMITTED && below,
    ACCEPT: state === SummaryState.SUBMITTED && below,
    REOPEN: state === SummaryState.ACCEPTED && below,
    CHASE: open && below,
  }
  return (Object.keys(can) as SummaryAct[]).filter((act) => can[act])
}
