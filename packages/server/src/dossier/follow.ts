import { follows } from '../shared/act.js'
import { run } from '../shared/run.js'
import { type Keeping, keepDossiers } from './keep.js'
import { isDossierRule } from './rules.js'
import { feedsDossiers } from './sources.js'

/** A ledger of thousands of new enterprises leaves their dossiers to the daily work's next look. */
const MOST_AT_ONCE = 1_000

/** Whatever act changes what a dossier counts, the dossier changes in that same act: modules need not know of it. */
follows(async ({ em, log }, entries, { now }) => {
  const keeping: Keeping = { em, log, now }
  const touched = new Set<string>()
  for (const entry of entries) {
    const { thing, record, enterprise, diff } = entry
    if (thing === 'DossierRequirement' || (thing === 'Setting' && isDossierRule(String(diff['key']?.[1] ?? '')))) return keepAll(keeping)
    if (thing === 'Setting' && (await isOurs(keeping, record))) return keepAll(keeping)
    if (!feedsDossiers(entry)) continue
    const id = thing === 'Enterprise' ? record : enterprise
    if (id) touched.add(id)
  }
  if (touched.size && touched.size <= MOST_AT_ONCE) await keepDossiers(keeping, [...touched].sort())
}, 90)

async function isOurs({ em }: Keeping, id: string): Promise<boolean> {
  const [setting] = await run(em, 'select key from setting where id = ?', [id])
  return isDossierRule(String(setting?.['key'] ?? ''))
}

export async function keepAll(keeping: Keeping): Promise<void> {
  const rows = await run<{ id: string }>(keeping.em, 'select id from enterprise order by id')
  await keepDossiers(
    keeping,
    rows.map(({ id }) => id),
  )
}
