import { act, type Acting } from '../shared/act.js'
import type { Day } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { refresh } from './keepStanding.js'
import { addPresets } from './presets.js'
import { RiskStanding } from './riskStanding.entity.js'

const BATCH = 200

/**
 * What a new day changes about colours: the station's word has run out, a major hazard has become late. Done for every
 * enterprise that may be concerned; run again on the same day it changes nothing.
 */
export async function riskDaily(acting: Acting, reader: Reader, today: Day): Promise<void> {
  await addPresets(acting)
  const rows = await reader.all(
    `select enterprise_id as firm from risk_standing where override_until < ? or overdue_majors > 0
      union select enterprise_id from hazard where severity = 'MAJOR' and stage not in ('CLOSED', 'TRANSFERRED', 'VOID') and due_on < ?`,
    [today, today],
  )
  const firms = rows.map((row) => row['firm'] as string).sort()
  for (let i = 0; i < firms.length; i += BATCH) {
    const ids = firms.slice(i, i + BATCH)
    await act(acting, 'riskDaily', async ({ em }) => {
      for (const standing of await em.find(RiskStanding, { enterprise: { $in: ids }, overrideUntil: { $lt: today } })) standing.release(undefined)
      await em.flush()
      await refresh(em, ids, acting.now)
    })
    acting.em.clear()
  }
}
