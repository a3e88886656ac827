import type { SqlEntityManager } from '@mikro-orm/sql'
import { v7 as uuid } from 'uuid'
import { type DataRow, entryOf } from '../shared/entry.js'
import { type Day, dayOf, instant } from '../shared/days.js'
import { insertRows } from '../shared/insertRows.js'
import type { Entry } from '../shared/log.js'
import type { PlainRow } from '../shared/read/reader.js'
import { isSqlite, run } from '../shared/run.js'
import { columnNamed } from '../shared/read/column.js'
import { Dossier } from './dossier.entity.js'
import { askedNow } from './askedNow.js'
import { type Evidence, gapCodes, type Judgement, judge } from './judge.js'
import { evidenceOf, type Query } from './evidence.js'
import { rulesFrom } from './rules.js'
import { columnOfPart, PARTS } from './terms.js'

const CHUNK = 400

/** What keeping needs of the act it runs in. */
export interface Keeping {
  em: SqlEntityManager
  now: Date
  log(entries: Entry[]): void
}

const FIELDS = [
  ...['inScope', 'startedOn', 'percent', 'complete', 'partsComplete', 'demanded', 'met', 'expired', 'unreviewed', 'gaps'],
  ...PARTS.map(columnOfPart),
] as const
const COLUMNS = FIELDS.map((field) => columnNamed(Dossier, field))
type Kept = Record<(typeof FIELDS)[number], unknown>

/** Brings the dossiers of some enterprises up to the day, in the act that is under way; tells how many changed. */
export async function keepDossiers(keeping: Keeping, ids: readonly string[]): Promise<number> {
  const { em, now } = keeping
  const query: Query = (sql, params) => run(em, sql, params)
  const requirements = await askedNow(query)
  const rules = rulesFrom(await query('select key, value from setting', []))
  const today = dayOf(now)
  let changed = 0
  for (let i = 0; i < ids.length; i += CHUNK) {
    const part = ids.slice(i, i + CHUNK)
    const evidence = await evidenceOf(query, part, requirements, today, { enough: true })
    const known = await knownDossiers(query, part)
    const counting = { submittedCounts: rules.dossierSubmittedCounts === 1 }
    const rows = [...evidence].map(([id, one]) => ({ id, one, is: keptOf(judge(requirements, one, today, counting), one, known.get(id)?.was, today) }))
    changed += await writeRows(keeping, rows, known)
  }
  return changed
}

function keptOf(judged: Judgement, evidence: Evidence, was: Kept | undefined, today: Day): Kept {
  const { percent, complete, partsComplete, demanded, met, expired, unreviewed, parts } = judged
  const begun = evidence.documents.size > 0 || OWN.some((key) => (evidence.sources.get(key) ?? 0) > 0)
  return {
    ...{ inScope: evidence.facts['closedOn'] == null, startedOn: was?.startedOn ?? (begun ? today : null) },
    ...{ percent, complete, partsComplete, demanded, met, expired, unreviewed, gaps: gapCodes(judged) },
    ...(Object.fromEntries(parts.map(({ part, percent }) => [columnOfPart(part), percent])) as Record<Lowercase<(typeof PARTS)[number]>, unknown>),
  }
}
/** What the enterprise itself put into its dossier; a hazard that somebody found is no dossier yet. */
const OWN = [
  'training',
  'equipment',
  'licence',
  'principalCertificate',
  'officerCertificate',
  'operationCertificate',
  'operatorCertificate',
  'drill',
  'accident',
  'zeroReport',
]

interface Known {
  id: string
  was: Kept
  row: PlainRow
}

async function knownDossiers(query: Query, ids: readonly string[]): Promise<Map<string, Known>> {
  const sql = `select id, enterprise_id, division, station, ${COLUMNS.join(', ')} from dossier where enterprise_id in (${ids.map(() => '?').join(', ')})`
  return new Map(
    (await query(sql, ids)).map((row) => {
      const was = Object.fromEntries(FIELDS.map((field, i) => [field, plain(field, row[COLUMNS[i]!])])) as Kept
      return [String(row['enterprise_id']), { id: String(row['id']), was, row }]
    }),
  )
}
const FLAGS = ['inScope', 'complete']
const plain = (field: string, value: unknown) => (FLAGS.includes(field) ? !!value : (value ?? null))

interface Wanted {
  id: string
  one: Evidence
  is: Kept
}

async function writeRows({ em, now, log }: Keeping, rows: readonly Wanted[], known: ReadonlyMap<string, Known>): Promise<number> {
  const at = instant(now)
  const sqlite = isSqlite(em)
  const stored = (value: unknown) => (sqlite && typeof value === 'boolean' ? Number(value) : value)
  const news: Record<string, unknown>[] = []
  let changed = 0
  for (const { id, one, is } of rows) {
    const before = known.get(id)
    const place = { enterprise: id, division: one.facts['division'], station: one.facts['station'] ?? null }
    if (!before) {
      const row = { id: uuid(), version: 1, createdAt: at, ...place, ...is }
      log([entryOf(Dossier, 'dossierKeep', undefined, row as DataRow)!])
      const columns = Object.fromEntries(FIELDS.map((field, i) => [COLUMNS[i]!, stored(is[field])]))
      news.push({ id: row.id, version: 1, created_at: at, enterprise_id: id, division: place.division, station: place.station, ...columns })
      continue
    }
    const fields = FIELDS.filter((field) => before.was[field] !== is[field])
    if (!fields.length) continue
    const was = { id: before.id, ...place, ...before.was }
    const entry = entryOf(Dossier, 'dossierKeep', was, { ...was, ...is })
    if (entry) log([entry])
    const sets = fields.map((field) => `${columnNamed(Dossier, field)} = ?`).join(', ')
    await run(em, `update dossier set ${sets}, version = version + 1 where id = ?`, [...fields.map((field) => stored(is[field])), before.id])
    changed++
  }
  if (news.length) await insertRows(em, 'dossier', Object.keys(news[0]!), news)
  return changed + news.length
}
