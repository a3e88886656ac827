import type { EntityName } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { AssessmentStandard, ElementMapping } from '../assessment/standard.entity.js'
import { CODE_LENGTH, Division, DivisionLevel, Station } from '../division/division.entity.js'
import { ExportMapping } from '../dossier/pack.entity.js'
import { DossierRequirement } from '../dossier/requirement.entity.js'
import { act, type Acting } from '../shared/act.js'
import { dayOf, instant } from '../shared/days.js'
import { run } from '../shared/run.js'
import { addPresets } from '../risk/presets.js'
import type { Recorded } from '../shared/recorded.entity.js'
import { Criterion } from '../standard/criterion.entity.js'
import { missingCalendars } from './calendars.js'
import { criteria, type DivisionRow, divisions, dossierRequirements, exportMappings, stations } from './content.js'
import { newCodeLists } from './codeLists.js'
import { Random } from './random.js'
import { shipFiveS } from './shipFiveS.js'
import { shippedCarries, shippedStandards } from './standards.js'

/** The code one level up: 350524106201 → 350524106 → 350524 → 3505 → 35. */
export function parentOf(code: string): string | undefined {
  const shorter = Object.values(CODE_LENGTH).filter((length) => length < code.length)
  return shorter.length ? code.slice(0, Math.max(...shorter)) : undefined
}

/**
 * Divisions, stations, criteria, calendars and code lists that every store begins with; adds what is missing by its code and leaves alone what
 * is there, for the office edits it. Tells how many were added.
 */
export async function addReference(acting: Acting, villages: readonly DivisionRow[] = []): Promise<number> {
  const now = instant(acting.now)
  const missing = async (em: SqlEntityManager) => [
    ...(await newOnes(
      em,
      Division,
      [...divisions(), ...villages].map((row) => ({ ...row, ...(parentOf(row.code) ? { parent: parentOf(row.code)! } : {}) })),
      now,
    )),
    ...(await newOnes(em, Station, stations(), now)),
    ...(await newOnes(em, Criterion, criteria(), now)),
    ...(await missingCalendars(em, now)),
    ...(await newCodeLists(em, now)),
    ...(await newOnes(
      em,
      DossierRequirement,
      dossierRequirements().map((row) => ({ validFrom: dayOf(acting.now), ...row })),
      now,
    )),
    ...(await newMappings(em, now)),
    ...(await newStandards(em, now)),
  ]
  await addPresets(acting, (code) => new Random(`RiskPreset ${code}`).id(Date.parse(now)))
  const shipped = await shipFiveS(acting)
  if (!(await missing(acting.em)).length) return shipped
  return act(acting, 'referenceLoad', async ({ em }) => {
    await oneAtATime(em)
    const rows = await missing(em)
    em.persist(rows)
    return rows.length + shipped
  })
}

/** Of several processes that prepare one store the first does it; the others wait here and then find it done. */
export const oneAtATime = (em: SqlEntityManager) => run(em, 'update chain_head set seq = seq where id = 1')

async function newOnes<T extends Recorded & { code: string }>(em: SqlEntityManager, thing: new () => T, rows: Partial<T>[], now: string): Promise<T[]> {
  const known = new Set((await em.findAll(thing as EntityName<T>)).map((one) => one.code))
  return rows
    .filter((row) => !known.has(row.code!))
    .map((row) => Object.assign(new thing(), { id: new Random(`${thing.name} ${row.code}`).id(Date.parse(now)) }, row, { createdAt: now }))
}

/** The columns of the city's platform that nobody has mapped yet. */
async function newMappings(em: SqlEntityManager, now: string): Promise<ExportMapping[]> {
  const known = new Set((await em.findAll(ExportMapping)).map(({ sheet, code }) => `${sheet} ${code}`))
  return exportMappings()
    .filter(({ sheet, code }) => !known.has(`${sheet} ${code}`))
    .map((row) => Object.assign(new ExportMapping(), { id: new Random(`ExportMapping ${row.sheet} ${row.code}`).id(Date.parse(now)) }, row, { createdAt: now }))
}

/** The fictional villages of a town: 201, 202, … as villages are numbered. */
export const demoVillages = (town: string, names: readonly string[]): DivisionRow[] =>
  names.map((name, i) => ({ code: `${town}${201 + i}`, name, level: DivisionLevel.VILLAGE }))

async function newStandards(em: SqlEntityManager, now: string): Promise<Recorded[]> {
  const known = await em.findAll(AssessmentStandard)
  const shipped = shippedStandards(new Set(known.map(({ code, edition }) => `${code} ${edition}`)), now)
  const all = [...known, ...shipped.filter((one) => one instanceof AssessmentStandard)]
  return [...shipped, ...shippedCarries(all, await em.findAll(ElementMapping), now)]
}
