import type { SqlEntityManager } from '@mikro-orm/sql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act, type Acting } from '../shared/act.js'
import { linkedId } from '../shared/datum.js'
import { PostStanding, SiteStanding } from './postStanding.entity.js'
import { restand } from './restand.js'

/** What passes by itself is judged anew every morning: a training that ran out, a sign not checked in time, a hazard late. */
export async function restandDaily(acting: () => Acting): Promise<void> {
  const known = await acting().em.find(SiteStanding, {}, { fields: ['id', 'enterprise'] as never })
  for (const id of known.map(({ enterprise }) => linkedId(enterprise)!)) {
    const doing = acting()
    await act(doing, 'siteRestand', async ({ em }) => {
      const enterprise = await em.findOneOrFail(Enterprise, { id })
      if (enterprise.closedOn) await leave(em, id)
      else await restand(em, undefined, doing.now, enterprise)
    })
  }
}

/** An enterprise that closed leaves the figures; its records, and the log, keep what was. */
async function leave(em: SqlEntityManager, enterprise: string): Promise<void> {
  for (const thing of [PostStanding, SiteStanding]) for (const row of await em.find(thing as typeof SiteStanding, { enterprise })) em.remove(row)
}
