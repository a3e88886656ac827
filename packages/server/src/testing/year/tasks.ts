import { share } from './arithmetic.js'
import { found, major, open } from './hazards.js'
import { commitmentSigned, dossierIs, inScope, listsComplete, livePoint, noticeDelivered, visitsDue, visitsMet } from './indicators.js'
import { none, type Past, type Told } from './replay.js'

/** 行动的任务 counted by hand: who is asked, who has the fact, who is exempted and lacks it. */
interface Unit {
  id: string
  /** The enterprise, where it is one. */
  firm?: Told
}
type Has = (unit: Unit, past: Past, year: number) => boolean

const inYear = (day: unknown, year: number): boolean => !none(day) && String(day).startsWith(`${year}-`)
const rows = (past: Past, thing: string, { id }: Unit): Told[] => past.all(thing).filter((one) => one['enterprise'] === id)
const some =
  (thing: string, is: (one: Told, year: number) => boolean): Has =>
  (unit, past, year) =>
    rows(past, thing, unit).some((one) => is(one, year))
const summary = (past: Past, { id }: Unit, town: string, kind: string, year: number): Told[] =>
  past
    .all('Summary')
    .filter(
      (one) =>
        one['unit'] === id && one['level'] === 'STATION' && one['division'] === town && one['kind'] === kind && String(one['period']).startsWith(String(year)),
    )
const TOWN = '350524106'
const nominated =
  (kind: string): Has =>
  ({ id }, past) =>
    past.all('Nomination').some((one) => one['station'] === id && one['kind'] === kind && ['SUBMITTED', 'ACCEPTED'].includes(String(one['stage'])))

const SERVED: Record<string, Has> = {
  NOTICE_DELIVERED: ({ firm }, past, year) => noticeDelivered(past, firm!, year),
  COMMITMENT_SIGNED: ({ firm }, past, year) => commitmentSigned(past, firm!, year),
  DOSSIER_STARTED: ({ firm }, past) => dossierIs(past, firm!, (one) => !none(one['startedOn'])),
  DOSSIER_COMPLETE: ({ firm }, past) => dossierIs(past, firm!, (one) => one['complete'] === true),
  ASSESSMENT_FINISHED: some('Assessment', (one, year) => one['year'] === year && !none(one['finishedOn'])),
  ASSESSMENT_ACCEPTED: some('Assessment', (one, year) => one['year'] === year && one['stage'] === 'ACCEPTED'),
  THREE_LISTS: ({ firm }, past) => listsComplete(firm!, past),
  RISK_GRADED: ({ firm }, past) => livePoint(past, firm!, true) && !livePoint(past, firm!, false),
  FIVE_S_AUDITED: some('FiveSAudit', (one, year) => none(one['voidedOn']) && inYear(one['auditedOn'], year)),
  SIX_HAVES_ACHIEVED: some('SiteStanding', (one) => one['sixHavesAchieved'] === true),
  SELF_CHECKED: some('Check', (one, year) => one['kind'] === 'SELF_CHECK' && inYear(one['doneOn'], year)),
  VISITS_MET: ({ firm }, past) => visitsMet(firm!, past),
  MAJOR_CLOSED: (unit, past) => !rows(past, 'Hazard', unit).some((one) => open(one) && major(one)),
  TRAINED: some('TrainingRecord', (one, year) => none(one['voidedOn']) && inYear(one['heldOn'], year)),
  POLICY_MADE: some('EnterprisePolicy', (one, year) => one['year'] === year),
  POLICY_GUIDED: some('PolicyGuidance', (one, year) => inYear(one['guidedOn'], year)),
  BENCHMARK_NOMINATED: nominated('BENCHMARK'),
  POST_NOMINATED: nominated('POST'),
  PATROLLED: ({ id }, past, year) => past.all('Check').some((one) => one['division'] === id && one['kind'] === 'GRID_PATROL' && inYear(one['doneOn'], year)),
  MONTHLY_SUMMARY: (unit, past, year) => {
    const own = summary(past, unit, TOWN, 'MONTH', year)
    const silent = own.some((one) => none(one['firstSubmittedAt']) && String(one['dueOn']) < past.today)
    return own.some((one) => !none(one['firstSubmittedAt'])) && !silent
  },
  ANNUAL_SUMMARY: (unit, past, year) => summary(past, unit, TOWN, 'YEAR', year).some((one) => !none(one['firstSubmittedAt'])),
}
const OWED: Record<string, Has> = {
  VISITS_MET: ({ firm }, past) => visitsDue(firm!, past),
  MAJOR_CLOSED: (unit, past, year) => rows(past, 'Hazard', unit).some((one) => found(one) && major(one) && (inYear(one['foundOn'], year) || open(one))),
}
export const EVIDENCE = Object.keys(SERVED)

function unitsOf(task: Told, past: Past): Unit[] {
  const firms = past.all('Enterprise').filter((one) => String(one['division']).startsWith(TOWN) && inScope(one, past))
  switch (task['subject']) {
    case 'ENTERPRISE':
      return firms
        .filter((one) => ['trade', 'station', 'scaleClass'].every((column) => none(task[column]) || one[column] === task[column]))
        .map((firm) => ({ id: firm.id, firm }))
    case 'STATION':
      return past.all('Station').flatMap((one) => (firms.some((firm) => firm['station'] === one['code']) ? { id: String(one['code']) } : []))
    default:
      return past.all('Division').flatMap((one) => {
        const inForce = (none(one['validFrom']) || String(one['validFrom']) <= past.today) && (none(one['validTo']) || String(one['validTo']) > past.today)
        return one['level'] === 'VILLAGE' && String(one['code']).startsWith(TOWN) && inForce ? { id: String(one['code']) } : []
      })
  }
}

export function taskFigures(task: Told, past: Past, year: number) {
  const kind = String(task['evidence'])
  const asked = unitsOf(task, past).filter((unit) => OWED[kind]?.(unit, past, year) ?? true)
  const granted = new Set(past.all('CampaignExemption').flatMap((one) => (one['task'] === task.id && one['stage'] === 'GRANTED' ? String(one['unit']) : [])))
  const lacking = asked.filter((unit) => !SERVED[kind]!(unit, past, year))
  const [denominator, served] = [asked.length, asked.length - lacking.length]
  const exempted = lacking.filter(({ id }) => granted.has(id)).length
  const done = denominator === 0 ? null : served + exempted === denominator
  const missing = denominator - served - exempted
  return { denominator, served, exempted, missing, rate: share(served, denominator), done, late: done === false && String(task['dueOn']) < past.today }
}
