import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 画面: what a wall can show, in the order in which it turns. */
export enum BoardScene {
  CLOSURE = 'CLOSURE',
  CAMPAIGN = 'CAMPAIGN',
  COLORS = 'COLORS',
  STATIONS = 'STATIONS',
  MEETING = 'MEETING',
}
registerEnumType(BoardScene, {
  name: 'BoardScene',
  description: '看板的画面',
  valuesConfig: worded({ CLOSURE: '隐患闭环', CAMPAIGN: '行动总览', COLORS: '四色分布', STATIONS: '站所记分', MEETING: '本次会议' }),
})

export enum BoardLook {
  DARK = 'DARK',
  LIGHT = 'LIGHT',
}
registerEnumType(BoardLook, { name: 'BoardLook', description: '看板的底色', valuesConfig: worded({ DARK: '深色', LIGHT: '浅色' }) })

/** As they stand in the link: names with a space between, in the order of the enum; all of them when none is named. */
export const scenesText = (scenes: readonly BoardScene[]): string | undefined =>
  Object.values(BoardScene)
    .filter((one) => scenes.includes(one))
    .join(' ') || undefined
export const scenesOf = (text: string | null | undefined): BoardScene[] => {
  const named = (text ?? '').split(' ')
  const some = Object.values(BoardScene).filter((one) => named.includes(one))
  return some.length ? some : Object.values(BoardScene)
}
