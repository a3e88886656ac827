import { registerEnumType } from 'type-graphql'
import type { Actor } from '../shared/context.js'
import type { Letter } from './letter.entity.js'
import * as may from './rights.js'
import { CopyHolder, LetterStage, RULES, SERVED } from './terms.js'

/** What a person can do with a letter now; the acts themselves ask again. */
export enum LetterAct {
  DELIVER = 'DELIVER',
  RECEIVE = 'RECEIVE',
  VOID = 'VOID',
}
registerEnumType(LetterAct, { name: 'LetterAct', description: '可以对文书做的事' })

export function lettersActs(by: Actor, letter: Letter): LetterAct[] {
  const over = letter.stage === LetterStage.VOID || letter.stage === LetterStage.REPLACED
  const holders: readonly CopyHolder[] = RULES[letter.kind].copies
  const can: Record<LetterAct, boolean> = {
    DELIVER: letter.stage === LetterStage.ISSUED && may.deliver(by, letter),
    RECEIVE: SERVED.includes(letter.stage) && letter.stage !== LetterStage.COMPLETE && holders.some((holder) => may.receive(by, holder, letter)),
    VOID: !over && may.issue(by, letter.kind) && may.owns(by, letter),
  }
  return (Object.keys(can) as LetterAct[]).filter((act) => can[act])
}
