import { accepted, finished } from '../assessment/figures.js'
import { Assessment } from '../assessment/assessment.entity.js'
import { defineEvidence, type EvidenceSql } from '../campaign/evidence.js'
import { EnterprisePolicy, PolicyGuidance } from '../campaign/enterprisePolicy.entity.js'
import { Nomination } from '../campaign/nomination.entity.js'
import { EvidenceKind, NominationKind, TaskSubject } from '../campaign/terms.js'
import { Checklist } from '../checklist/checklist.entity.js'
import { Dossier } from '../dossier/dossier.entity.js'
import { TrainingRecord } from '../dossier/training.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { Check } from '../inspection/check.entity.js'
import { CheckKind } from '../inspection/terms.js'
import { Letter } from '../letter/letter.entity.js'
import { Summary } from '../report/summary.entity.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import type { ThingClass } from '../shared/datum.js'
import { hopSql, type Reading } from '../shared/read/reading.js'
import { someOfFew, someWith, sourceSql } from '../shared/read/source.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { FiveSAudit } from '../site/fiveSAudit.entity.js'
import { SiteStanding } from '../site/postStanding.entity.js'
import { flag, valid } from '../site/siteFigures.js'
import { Visit } from '../visit/visit.entity.js'
import { listsComplete } from './checklistFigures.js'
import { dossierComplete, dossierStarted } from './dossierFigures.js'
import { found, major, open } from './hazardFigures.js'
import { commitmentSigned, noticeDelivered } from './letterFigures.js'
import { livePoint } from './riskFigures.js'
import { visitsDue, visitsMet } from './visitFigures.js'

/**
 * What shows a task of a campaign done: the conditions are those of the indicators (domain.md §8), where there is one. Facts
 * of a year count in the campaign's year.
 */
const { ENTERPRISE, STATION, VILLAGE } = TaskSubject

/** A row of the enterprise, seen by the reader, for which the condition on alias `ev` holds. */
const has = (target: ThingClass, at: string, reading: Reading, condition: Sql, column = 'enterprise_id'): Sql =>
  someWith(raw(`${at}.id`), target, raw(column), 'ev', sql`${condition} and ${hopSql(target, 'ev', reading)}`, reading)
const inYear = (column: string, year: number): Sql => sql`${raw(`ev.${column}`)} between ${`${year}-01-01`} and ${`${year}-12-31`}`
const nominated =
  (kind: NominationKind): EvidenceSql =>
  (at, reading, { campaign }) =>
    sql`exists (select 1 from ${sourceSql(Nomination, reading)} ev where ${raw(`ev.station = ${at}.id`)} and ev.campaign_id = ${campaign} and ev.kind = ${kind} and ev.stage in ('SUBMITTED', 'ACCEPTED') and ${hopSql(Nomination, 'ev', reading)})`

/** Few hazards are major. */
const hasMajor = (at: string, reading: Reading, condition: Sql): Sql =>
  someOfFew(raw(`${at}.id`), Hazard, raw('enterprise_id'), 'ev', sql`${condition} and ${hopSql(Hazard, 'ev', reading)}`, reading)
/** One found in the campaign's year, or still open from before. */
const majorOf: EvidenceSql = (at, reading, { year }) =>
  hasMajor(at, reading, sql`${major(found)('ev', reading)} and (${inYear('found_on', year)} or ${open('ev', reading)})`)

/** A summary of the station for that year's periods. */
const summaryOf = (at: string, reading: Reading, kind: string, year: number, how: Sql): Sql =>
  sql`exists (select 1 from ${sourceSql(Summary, reading)} ev where ${raw(`ev.unit = ${at}.id`)} and ev.level = 'STATION' and ${raw(`ev.division = ${at}.division`)} and ev.kind = ${kind} and substr(ev.period, 1, 4) = ${String(year)} and ${how} and ${hopSql(Summary, 'ev', reading)})`
const reported = (at: string, reading: Reading, kind: string, year: number) => summaryOf(at, reading, kind, year, sql`ev.first_submitted_at is not null`)
const unreported = (at: string, reading: Reading, kind: string, year: number) =>
  summaryOf(at, reading, kind, year, sql`ev.first_submitted_at is null and ev.due_on < ${reading.today}`)

defineEvidence(
  {
    ...{ kind: EvidenceKind.NOTICE_DELIVERED, subject: ENTERPRISE, things: [Letter], to: '/letters?kind=NOTICE' },
    served: (at, reading, { year }) => noticeDelivered(at, reading, year),
  },
  {
    ...{ kind: EvidenceKind.COMMITMENT_SIGNED, subject: ENTERPRISE, things: [Letter], to: '/letters?kind=COMMITMENT' },
    served: (at, reading, { year }) => commitmentSigned(at, reading, year),
  },
  { kind: EvidenceKind.DOSSIER_STARTED, subject: ENTERPRISE, things: [Dossier], to: '/enterprises/{id}?tab=dossier', served: dossierStarted },
  { kind: EvidenceKind.DOSSIER_COMPLETE, subject: ENTERPRISE, things: [Dossier], to: '/enterprises/{id}?tab=dossier', served: dossierComplete },
  {
    ...{ kind: EvidenceKind.ASSESSMENT_FINISHED, subject: ENTERPRISE, things: [Assessment], to: '/enterprises/{id}?tab=assessments' },
    served: (at, reading, { year }) => has(Assessment, at, reading, sql`ev.year = ${year} and ${finished('ev')}`),
  },
  {
    ...{ kind: EvidenceKind.ASSESSMENT_ACCEPTED, subject: ENTERPRISE, things: [Assessment], to: '/enterprises/{id}?tab=assessments' },
    served: (at, reading, { year }) => has(Assessment, at, reading, sql`ev.year = ${year} and ${accepted('ev')}`),
  },
  {
    ...{ kind: EvidenceKind.THREE_LISTS, subject: ENTERPRISE, things: [Checklist, Workshop, Post], to: '/enterprises/{id}?tab=checklists' },
    served: listsComplete,
  },
  {
    ...{ kind: EvidenceKind.RISK_GRADED, subject: ENTERPRISE, things: [RiskPoint], to: '/enterprises/{id}?tab=risk' },
    served: (at, reading) => sql`${livePoint(at, true, reading)} and not ${livePoint(at, false, reading)}`,
  },
  {
    ...{ kind: EvidenceKind.FIVE_S_AUDITED, subject: ENTERPRISE, things: [FiveSAudit], to: '/enterprises/{id}?tab=site' },
    served: (at, reading, { year }) => has(FiveSAudit, at, reading, sql`${valid('ev', reading)} and ${inYear('audited_on', year)}`),
  },
  {
    ...{ kind: EvidenceKind.SIX_HAVES_ACHIEVED, subject: ENTERPRISE, things: [SiteStanding], to: '/enterprises/{id}?tab=site' },
    served: (at, reading) => has(SiteStanding, at, reading, flag('six_haves_achieved', true)('ev', reading)),
  },
  {
    ...{ kind: EvidenceKind.SELF_CHECKED, subject: ENTERPRISE, things: [Check], to: '/enterprises/{id}?tab=checks' },
    served: (at, reading, { year }) => has(Check, at, reading, sql`ev.kind = ${CheckKind.SELF_CHECK} and ${inYear('done_on', year)}`),
  },
  { kind: EvidenceKind.VISITS_MET, subject: ENTERPRISE, things: [Visit], to: '/enterprises/{id}?tab=visits', served: visitsMet, owed: visitsDue },
  {
    ...{ kind: EvidenceKind.MAJOR_CLOSED, subject: ENTERPRISE, things: [Hazard], to: '/hazards?severity=MAJOR' },
    owed: majorOf,
    served: (at, reading) => sql`not ${hasMajor(at, reading, major(open)('ev', reading))}`,
  },
  {
    ...{ kind: EvidenceKind.TRAINED, subject: ENTERPRISE, things: [TrainingRecord], to: '/enterprises/{id}?tab=dossier' },
    served: (at, reading, { year }) => has(TrainingRecord, at, reading, sql`ev.voided_on is null and ${inYear('held_on', year)}`),
  },
  {
    ...{ kind: EvidenceKind.POLICY_MADE, subject: ENTERPRISE, things: [EnterprisePolicy], to: '/enterprises/{id}?tab=policy' },
    served: (at, reading, { year }) => has(EnterprisePolicy, at, reading, sql`ev.year = ${year}`),
  },
  {
    ...{ kind: EvidenceKind.POLICY_GUIDED, subject: ENTERPRISE, things: [PolicyGuidance], to: '/enterprises/{id}?tab=policy' },
    served: (at, reading, { year }) => has(PolicyGuidance, at, reading, inYear('guided_on', year)),
  },
  { kind: EvidenceKind.BENCHMARK_NOMINATED, subject: STATION, things: [Nomination], to: '/nominations', served: nominated(NominationKind.BENCHMARK) },
  { kind: EvidenceKind.POST_NOMINATED, subject: STATION, things: [Nomination], to: '/nominations', served: nominated(NominationKind.POST) },
  {
    ...{ kind: EvidenceKind.PATROLLED, subject: VILLAGE, things: [Check], to: '/checks?kind=GRID_PATROL' },
    served: (at, reading, { year }) => has(Check, at, reading, sql`ev.kind = ${CheckKind.GRID_PATROL} and ${inYear('done_on', year)}`, 'division'),
  },
  {
    ...{ kind: EvidenceKind.MONTHLY_SUMMARY, subject: STATION, things: [Summary], to: '/summaries?kind=MONTH' },
    // Of the months whose day has passed none is missing, and one has been reported.
    served: (at, reading, { year }) => sql`${reported(at, reading, 'MONTH', year)} and not ${unreported(at, reading, 'MONTH', year)}`,
  },
  {
    ...{ kind: EvidenceKind.ANNUAL_SUMMARY, subject: STATION, things: [Summary], to: '/summaries?kind=YEAR' },
    served: (at, reading, { year }) => reported(at, reading, 'YEAR', year),
  },
)
