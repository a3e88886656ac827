import type { Day } from '../shared/days.js'
import type { PlainRow } from '../shared/read/reader.js'
import type { Asked, Dated, Evidence, Filed } from './judge.js'
import { addMonths } from './months.js'
import { liveSources, type LiveSource, sourcesOf } from './sources.js'
import { DocumentState, RequirementKind } from './terms.js'

/** Asks the store, past anybody's scope: a dossier is the same whoever looks. */
export type Query = (sql: string, params: readonly unknown[]) => Promise<PlainRow[]>

/** The fields of an enterprise that can be asked for, as the table calls them. */
const FACTS = {
  ...{ id: 'id', name: 'name', uscc: 'uscc', noUsccReason: 'no_uscc_reason', address: 'address', division: 'division', station: 'station', trade: 'trade' },
  ...{ scaleClass: 'scale_class', staffCount: 'staff_count', principal: 'principal', legalRep: 'legal_rep', safetyOfficer: 'safety_officer' },
  ...{ phone: 'phone', standardLevel: 'standard_level', closedOn: 'closed_on' },
} as const
const FACT_COLUMNS = Object.entries(FACTS)
  .map(([name, column]) => `${column} as "${name}"`)
  .join(', ')

interface Gathered {
  facts: Record<string, unknown>
  documents: Map<string, Filed[]>
  records: Map<string, number>
  sources: Map<string, number>
  expired: Map<string, Dated[]>
}

/**
 * What is known of some enterprises on a day: five statements, however many they are and however much there is. Of one
 * enterprise it may be enough to count up to the most that is asked for: then no more rows than that are read.
 */
export async function evidenceOf(
  query: Query,
  ids: readonly string[],
  requirements: readonly Asked[],
  today: Day,
  { enough = false } = {},
): Promise<Map<string, Evidence>> {
  const most = enough && ids.length === 1 ? Math.max(1, ...requirements.map(({ atLeast }) => atLeast ?? 1)) : undefined
  const all = new Map<string, Gathered>()
  const marks = ids.map(() => '?').join(', ')
  for (const row of await query(`select ${FACT_COLUMNS} from enterprise where id in (${marks})`, ids))
    all.set(String(row['id']), { facts: row, documents: new Map(), records: new Map(), sources: new Map(), expired: new Map() })
  const of = (row: PlainRow) => all.get(String(row['enterprise']))

  const filed = `select enterprise_id as enterprise, code, state, in_force, valid_until, return_reason from dossier_document where enterprise_id in (${marks}) order by issue`
  for (const row of await query(filed, ids)) push(of(row)?.documents, String(row['code']), filedOf(row))

  const among = async (branches: readonly Branch[], take: (row: PlainRow) => void) => {
    if (!branches.length) return
    const text = `with among as (select id from enterprise where id in (${marks})) ${branches.map((one) => one.sql).join(' union all ')}`
    for (const row of await query(text, [...ids, ...branches.flatMap((one) => one.params)])) take(row)
  }
  const sources = [...liveSources().values()]
  await among(
    sources.map((one) => countBranch(one, most)),
    (row) => of(row)?.sources.set(String(row['k']), Number(row['n'])),
  )
  await among(
    sources.filter((one) => one.expires).map((one) => expiredBranch(one, today)),
    (row) => push(of(row)?.expired, String(row['k']), { name: String(row['name']), on: String(row['day']) }),
  )
  const records = requirements.filter((one) => one.kind === RequirementKind.RECORD)
  for (const one of records.filter(({ withinMonths }) => !withinMonths))
    for (const { key } of sourcesOf(one.source)) for (const gathered of all.values()) add(gathered.records, one.code, gathered.sources.get(key) ?? 0)
  await among(
    records.flatMap((one) =>
      one.withinMonths ? sourcesOf(one.source).map((source) => sinceBranch(source, one.code, addMonths(today, -one.withinMonths!), most)) : [],
    ),
    (row) => add(of(row)?.records, String(row['k']), Number(row['n'])),
  )
  return all
}

interface Branch {
  sql: string
  params: unknown[]
}
const fromOf = ({ table, enterprise, only }: LiveSource) => `from ${table} t where t.${enterprise} in (select id from among)${only ? ` and ${only}` : ''}`
/** How many rows an enterprise has; `of` says which, and `most` how many at most are looked at. */
const counted = (k: string, enterprise: string, of: string, most: number | undefined) =>
  most === undefined
    ? `select ${k} as k, t.${enterprise} as enterprise, count(*) as n ${of} group by t.${enterprise}`
    : `select ${k} as k, few.enterprise, count(*) as n from (select t.${enterprise} as enterprise ${of} limit ${most}) few group by few.enterprise`
const countBranch = (source: LiveSource, most?: number): Branch => ({
  sql: counted(`'${source.key}'`, source.enterprise, fromOf(source), most),
  params: [],
})
const expiredBranch = (source: LiveSource, today: Day): Branch => ({
  sql: `select '${source.key}' as k, t.${source.enterprise} as enterprise, t.${source.called ?? 'id'} as name, t.${source.expires} as day ${fromOf(source)} and t.${source.expires} < ?`,
  params: [today],
})
const sinceBranch = (source: LiveSource, code: string, since: Day, most?: number): Branch => ({
  sql: counted('cast(? as text)', source.enterprise, `${fromOf(source)} and t.${source.day} >= ?`, most),
  params: [code, since],
})

const filedOf = (row: PlainRow): Filed => ({
  state: row['state'] as DocumentState,
  inForce: !!row['in_force'],
  validUntil: (row['valid_until'] as string | null) ?? null,
  returnReason: (row['return_reason'] as string | null) ?? null,
})

const add = (into: Map<string, number> | undefined, key: string, n: number) => void into?.set(key, (into.get(key) ?? 0) + n)

function push<T>(into: Map<string, T[]> | undefined, key: string, value: T): void {
  const known = into?.get(key)
  if (known) known.push(value)
  else into?.set(key, [value])
}
