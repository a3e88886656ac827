import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 举报的办理状态; what the informant reads of it are these words and no others. */
export enum PublicStage {
  RECEIVED = 'RECEIVED',
  IN_HAND = 'IN_HAND',
  RECTIFYING = 'RECTIFYING',
  CLOSED = 'CLOSED',
  REFUSED = 'REFUSED',
}
const { RECEIVED, IN_HAND, RECTIFYING, CLOSED, REFUSED } = PublicStage
export const PUBLIC_STAGE_NAME: Record<PublicStage, string> = {
  RECEIVED: '已收到',
  IN_HAND: '正在核实',
  RECTIFYING: '已转整改',
  CLOSED: '已办结',
  REFUSED: '不予受理',
}
registerEnumType(PublicStage, { name: 'PublicStage', description: '群众举报的办理状态', valuesConfig: worded(PUBLIC_STAGE_NAME) })

/** The workflow, read aloud. A hazard that turns out void gives the report back to be decided anew. */
export const PUBLIC_NEXT: Record<PublicStage, readonly PublicStage[]> = {
  RECEIVED: [IN_HAND, RECTIFYING, CLOSED, REFUSED],
  IN_HAND: [IN_HAND, RECTIFYING, CLOSED, REFUSED],
  RECTIFYING: [CLOSED, IN_HAND],
  CLOSED: [],
  REFUSED: [],
}
export const WAITING: readonly PublicStage[] = [RECEIVED, IN_HAND]
export const OVER: readonly PublicStage[] = [CLOSED, REFUSED]

/** What somebody can do to a report now. */
export enum PublicAct {
  TAKE = 'TAKE',
  ASK = 'ASK',
  ACCEPT = 'ACCEPT',
  LINK = 'LINK',
  REFUSE = 'REFUSE',
  CONTACT = 'CONTACT',
}
registerEnumType(PublicAct, { name: 'PublicAct', description: '可以对举报做的事' })
