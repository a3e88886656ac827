import { Person } from '../person/person.entity.js'
import { CODE_LENGTH } from '../division/division.entity.js'
import type { Actor } from '../shared/context.js'
import { type Day, dayOf } from '../shared/days.js'
import { readWorkbook } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { checkUsccOrNothing } from './findEnterprise.js'
import type { Importing } from './importLedger.js'
import type { LedgerKind } from './ledger.js'
import { ENTERPRISE_LEDGER, HAZARD_LEDGER } from './shapes.js'
import { findTable } from './table.js'
import { directoryOf, placesOf, type Query } from './town.js'

/** Who imports on the command line, and for which town: nobody in person when the town has no account yet. */
export interface Importer {
  actor: Actor | undefined
  town: string
}

/** The town that somebody imports for. */
export function townOfImporter(actor: Actor): string {
  if (actor.scope.division.length !== CODE_LENGTH.TOWN) throw new Refusal('NO_TOWN', '台账由乡镇导入，您的账号不属于任何乡镇')
  return actor.scope.division
}

/** The named account; else the town office whose town the ledger speaks of; else that town itself. */
export async function whoImports(
  { em, reader, now }: Pick<Importing, 'em' | 'reader' | 'now'>,
  kind: LedgerKind,
  bytes: Uint8Array | undefined,
  username: string | undefined,
  sheet: string | undefined,
): Promise<Importer> {
  const query = reader.all.bind(reader) as Query
  if (username) {
    const person = await em.findOne(Person, { username })
    if (!person || person.disabledAt) throw new Refusal('NO_ACCOUNT', `没有名为 ${username} 的账号，或账号已停用`)
    if (person.role !== 'TOWN_OFFICE') throw new Refusal('FORBIDDEN', `账号 ${username} 不是镇安办账号，不能导入台账`)
    return { actor: person.asActor(), town: townOfImporter(person.asActor()) }
  }
  const offices = await query<{ username: string; division: string }>(
    "select username, division from person where role = 'TOWN_OFFICE' and disabled_at is null order by created_at, id",
    [],
  )
  const towns = offices.length
    ? [...new Set(offices.map((office) => office.division))]
    : (await query<{ code: string }>("select code from division where level = 'TOWN' order by code", [])).map((town) => town.code)
  const [first, ...others] = towns
  if (!first) throw new Refusal('NO_TOWN', '数据库里还没有乡镇，请先运行程序建立基础数据')
  const town = others.length && bytes ? await fitting(query, kind, bytes, sheet, towns, dayOf(now)) : first
  const office = offices.find((one) => one.division === town)
  const person = office ? await em.findOneOrFail(Person, { username: office.username }) : undefined
  return { actor: person?.asActor(), town }
}

/** The town of whose villages, or of whose enterprises, most rows speak. */
async function fitting(query: Query, kind: LedgerKind, bytes: Uint8Array, sheet: string | undefined, towns: readonly string[], today: Day): Promise<string> {
  const sheets = await readWorkbook(bytes)
  const known =
    kind === 'enterprises'
      ? await villagesIn(query, findTable(sheets, ENTERPRISE_LEDGER, sheet), towns, today)
      : await enterprisesIn(query, findTable(sheets, HAZARD_LEDGER, sheet), towns)
  return known.reduce((best, one) => (one.rows > best.rows ? one : best)).town
}

type Fit = { town: string; rows: number }

async function villagesIn(
  query: Query,
  table: ReturnType<typeof findTable<(typeof ENTERPRISE_LEDGER.columns)[number]['field']>>,
  towns: readonly string[],
  today: Day,
): Promise<Fit[]> {
  const fits: Fit[] = []
  for (const town of towns) {
    const places = await placesOf(query, town, today).catch(() => undefined)
    fits.push({ town, rows: places ? table.rows.filter((row) => places.findVillage(row.at('village')?.text ?? '')).length : 0 })
  }
  return fits
}

async function enterprisesIn(
  query: Query,
  table: ReturnType<typeof findTable<(typeof HAZARD_LEDGER.columns)[number]['field']>>,
  towns: readonly string[],
): Promise<Fit[]> {
  const fits: Fit[] = []
  for (const town of towns) {
    const directory = await directoryOf(query, town)
    const knows = (uscc: string | undefined, name: string) => (!!uscc && !!directory.byUscc(uscc)) || (!!name && directory.byName(name).length > 0)
    fits.push({ town, rows: table.rows.filter((row) => knows(checkUsccOrNothing(row.at('uscc')), row.at('enterprise')?.text ?? '')).length })
  }
  return fits
}
