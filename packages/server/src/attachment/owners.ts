import { Deduction } from '../assessment/assessment.entity.js'
import { Nomination, Showcase } from '../campaign/nomination.entity.js'
import { DossierDocument } from '../dossier/document.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { CheckResult, Signature } from '../inspection/check.entity.js'
import { FloorPlan } from '../risk/floorPlan.entity.js'
import { SITE_OWNERS } from '../site/owners.entity.js'
import { Letter } from '../letter/letter.entity.js'
import { LetterCopy } from '../letter/letterCopy.entity.js'
import { PublicReport } from '../public/publicReport.entity.js'
import type { Actor } from '../shared/context.js'
import { Norm } from '../standard/norm.entity.js'
import { type ThingClass, thingOf } from '../shared/datum.js'
import { scopeSql } from '../shared/read/reading.js'
import { either, raw, type Sql, sql } from '../shared/read/sql.js'

/** The things that files may belong to, beside hazards: whoever sees the record sees its files. */
const OWNERS: readonly ThingClass[] = [
  ...SITE_OWNERS,
  CheckResult,
  Deduction,
  DossierDocument,
  FloorPlan,
  Letter,
  LetterCopy,
  Nomination,
  Norm,
  PublicReport,
  Showcase,
  Signature,
]

export const isOwner = (target: ThingClass): boolean => OWNERS.includes(target)

/** On alias `of` an attachment: it belongs to a record that this person may see. */
export function attachedSql(of: string, actor: Actor): Sql {
  const one = (target: ThingClass, link: Sql): Sql =>
    sql`exists (select 1 from ${raw(thingOf(target).table)} fo where ${link} and ${scopeSql(target, 'fo', actor.scope)})`
  const ways = [
    one(Hazard, raw(`fo.id = ${of}.hazard_id`)),
    ...OWNERS.map((target) => one(target, sql`${raw(`fo.id = ${of}.of_record and ${of}.of_thing`)} = ${thingOf(target).name}`)),
  ]
  return either(...ways)
}

/** The same, or it belongs to nothing yet and is this person's own. */
export function ownedSql(of: string, actor: Actor): Sql {
  return either(sql`${raw(`${of}.hazard_id is null and ${of}.of_record is null and ${of}.uploaded_by`)} = ${actor.id}`, attachedSql(of, actor))
}
