import { linkedId } from '../shared/datum.js'
import { Refusal } from '../shared/refusal.js'
import type { FiveSDimension, FiveSItem, FiveSStandard } from './fiveSStandard.entity.js'
import { fiveSResult, type FiveSResult } from './fiveSScoring.js'

export interface ScoreGiven {
  item: string
  score?: number | null
  note?: string | null
  photos?: string[] | null
}
interface Line {
  dimension: FiveSDimension
  item: FiveSItem
  rank: number
  /** Null where the item does not apply. */
  score: number | null
  bad: boolean
  note: string | undefined
  photos: string[]
}
export interface Sheet {
  lines: Line[]
  bad: number
  result: FiveSResult
}

/** The sheet as it was filled in, judged by its standard; refuses naming the item that is wrong. */
export function judgeSheet(standard: FiveSStandard, dimensions: readonly FiveSDimension[], items: readonly FiveSItem[], given: readonly ScoreGiven[]): Sheet {
  const byItem = new Map(given.map((one) => [one.item, one]))
  const strange = given.find(({ item }) => !items.some(({ id }) => id === item))
  if (strange) throw new Refusal('NOT_FOUND', '审核表里有不属于这一版标准的检查项，请重新打开审核表', { field: 'scores' })
  if (byItem.size < given.length) throw new Refusal('ITEM_TWICE', '同一检查项只能打一次分', { field: 'scores' })
  const lines = dimensions.flatMap((dimension) =>
    items
      .filter((item) => linkedId(item.dimension) === dimension.id)
      .map((item, i): Line => {
        const one = byItem.get(item.id)
        const at = { field: `item:${item.id}`, item: item.text }
        if (!one) throw new Refusal('ITEM_MISSING', `“${item.text}”还没有打分；不适用的请选“不适用”`, at)
        const score = one.score ?? null
        if (score !== null && (score < 0 || score > standard.itemMost)) throw new Refusal('ITEM_SCORE', `“${item.text}”应打 0 至 ${standard.itemMost} 分`, at)
        const bad = score !== null && score < standard.photoBelow
        const photos = one.photos ?? []
        if (bad && !photos.length) throw new Refusal('ITEM_PHOTO', `“${item.text}”低于 ${standard.photoBelow} 分，须上传照片`, at)
        return { dimension, item, rank: dimension.rank * 100 + i, score, bad, note: one.note?.trim() || undefined, photos }
      }),
  )
  if (lines.every(({ score }) => score === null)) throw new Refusal('NOTHING_APPLIES', '所有检查项都不适用，不能提交', { field: 'scores' })
  const scored = dimensions.map(({ id, points }) => ({ points, scores: lines.filter(({ dimension }) => dimension.id === id).map(({ score }) => score) }))
  return { lines, bad: lines.filter(({ bad }) => bad).length, result: fiveSResult(scored, standard) }
}
