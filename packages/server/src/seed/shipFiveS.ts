import { ref } from '@mikro-orm/core'
import { act, type Acting } from '../shared/act.js'
import { dayOf, instant } from '../shared/days.js'
import { FiveSDimension, FiveSItem, FiveSStandard } from '../site/fiveSStandard.entity.js'
import { SHIPPED_DIMENSIONS, SHIPPED_STANDARD } from '../site/fiveSStandardShipped.js'
import { FiveSStage } from '../site/terms.js'
import { Random } from './random.js'
import { oneAtATime } from './reference.js'

/** The standard that the software ships with, under the same ids in every store. */
export function shippedFiveS(): { standard: FiveSStandard; dimensions: { dimension: FiveSDimension; items: FiveSItem[] }[] } {
  const random = new Random('anbiao 5S')
  const id = () => random.id(Date.parse('2026-01-01T00:00:00.000Z'))
  const standard = Object.assign(new FiveSStandard(), SHIPPED_STANDARD, { id: id() })
  const dimensions = SHIPPED_DIMENSIONS.map(({ name, points, items }, rank) => {
    const dimension = Object.assign(new FiveSDimension(), { id: id(), standard: ref(standard), rank, name, points })
    const made = items.map((text, i) => Object.assign(new FiveSItem(), { id: id(), standard: ref(standard), dimension: ref(dimension), rank: i, text }))
    return { dimension, items: made }
  })
  return { standard, dimensions }
}

/** A store without any 5S standard gets that one; a town's own is left alone. */
export async function shipFiveS(acting: Acting): Promise<number> {
  if (await acting.em.count(FiveSStandard)) return 0
  return act(acting, 'referenceLoad', async ({ em }) => {
    await oneAtATime(em)
    if (await em.count(FiveSStandard)) return 0
    const { standard, dimensions } = shippedFiveS()
    Object.assign(standard, { stage: FiveSStage.PUBLISHED, publishedOn: dayOf(acting.now) })
    const rows = [standard, ...dimensions.flatMap(({ dimension, items }) => [dimension, ...items])]
    for (const row of rows) row.createdAt = instant(acting.now)
    em.persist(rows)
    return 1
  })
}
