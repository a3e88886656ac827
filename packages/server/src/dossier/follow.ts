import { follows } from '../shared/act.js'
import type { Entry } from '../shared/log.js'
import { run } from '../shared/run.js'
import { type Keeping, keepDossiers } from './keep.js'
import { isDossierRule } from './rules.js'
import { feedsDossiers } from './sources.js'

/** A ledger of thousands of new enterprises leaves their dossiers to the daily work's next look. */
const MOST_AT_ONCE = 1_000
/** What says what dossiers count at all. */
const RULES = ['DossierRequirement', 'Setting']

/** Whatever act changes what a dossier counts, the dossier changes in that same act: modules need not know of it. */
follows(({ em, log }, entries, { now }) => {
  const concerned = entries.filter((entry) => RULES.includes(entry.thing) || feedsDossiers(entry))
  return concerned.length ? keepTouched({ em, log, now }, concerned) : undefined
}, 90)

async function keepTouched(keeping: Keeping, concerned: readonly Entry[]): Promise<void> {
  const touched = new Set<string>()
  for (const { thing, record, enterprise, diff } of concerned) {
    if (thing === 'DossierRequirement' || (thing === 'Setting' && isDossierRule(String(diff['key']?.[1] ?? '')))) return keepAll(keeping)
    if (thing === 'Setting' && (await isOurs(keeping, record))) return keepAll(keeping)
    if (RULES.includes(thing)) continue
    const id = thing === 'Enterprise' ? record : enterprise
    if (id) touched.add(id)
  }
  if (touched.size && touched.size <= MOST_AT_ONCE) await keepDossiers(keeping, [...touched].sort())
}

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
