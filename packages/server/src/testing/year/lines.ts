import { meanTenths, share } from './arithmetic.js'
import { closed, found, major, open, overdue } from './hazards.js'
import { commitmentSigned, inScope, noticeDelivered } from './indicators.js'
import { dayIn, none, type Past, type Told } from './replay.js'

/** 月报、年报 counted by hand: each line over the rows of the unit, in the period where it is one of the period. */
export interface Unit {
  level: string
  division: string
  station?: unknown
  period: string
}
const KINDS = ['SELF_CHECK', 'GRID_PATROL', 'STATION_GUIDANCE', 'EXPERT_SERVICE', 'ENFORCEMENT', 'REPORT_VERIFICATION']

export function summaryLines({ level, division, station, period }: Unit, past: Past): Record<string, number | null> {
  const { today } = past
  const mine = (one: Told) => String(one['division']).startsWith(division) && (level !== 'STATION' || one['station'] === station)
  const rows = (thing: string, is: (one: Told) => boolean = () => true) => past.all(thing).filter((one) => mine(one) && is(one))
  const n = (thing: string, is: (one: Told) => boolean = () => true) => rows(thing, is).length
  const inPeriod = (day: unknown) => !none(day) && String(day).startsWith(period)
  const during = (instant: unknown) => !none(instant) && dayIn(instant).startsWith(period)
  const year = Number(today.slice(0, 4))

  const firms = rows('Enterprise', (one) => inScope(one, past))
  const visited = rows('Check', (one) => one['kind'] !== 'SELF_CHECK' && inPeriod(one['doneOn']))
  const issued = (kind: string) => n('Letter', (one) => one['kind'] === kind && one['stage'] !== 'VOID' && inPeriod(one['issuedOn']))
  const delivered = firms.filter((one) => noticeDelivered(past, one, year)).length
  const signed = firms.filter((one) => commitmentSigned(past, one, year)).length
  const counted = rows('Dossier', (one) => one['inScope'] === true)
  const started = counted.filter((one) => !none(one['startedOn'])).length
  const complete = counted.filter((one) => one['complete'] === true).length
  const points = (color: string | undefined) =>
    n('RiskPoint', (one) => none(one['endedOn']) && (color === undefined ? none(one['color']) : one['color'] === color))
  const tasks = rows('CheckTask', (one) => inPeriod(one['dueOn']))
  const owed = tasks.filter((one) => ['DONE', 'LATE'].includes(String(one['outcome'])) || (one['outcome'] === 'OPEN' && String(one['dueOn']) < today))
  const kind = (is: boolean) => ({
    found: n('Hazard', (one) => found(one) && major(one) === is && inPeriod(one['foundOn'])),
    closed: n('Hazard', (one) => closed(one) && major(one) === is && during(one['closedAt'])),
    open: n('Hazard', (one) => open(one) && major(one) === is),
    overdue: n('Hazard', (one) => overdue(one, today) && major(one) === is),
  })
  const [general, majors] = [kind(false), kind(true)]
  const foundNow = rows('Hazard', (one) => found(one) && inPeriod(one['foundOn']))
  const dueNow = rows('Hazard', (one) => found(one) && inPeriod(one['dueOn']) && String(one['dueOn']) < today)
  const site = rows('SiteStanding')
  const tenths = (column: string) => meanTenths(site.flatMap((one) => (none(one[column]) ? [] : Number(one[column]))))
  const flagged = (column: string) => share(site.filter((one) => one[column] === true).length, site.filter((one) => !none(one[column])).length)
  const held = (thing: string) => rows(thing, (one) => none(one['voidedOn']) && inPeriod(one['heldOn']))
  const persons = (thing: string, column: string) => held(thing).reduce((all, one) => all + Number(one[column] ?? 0), 0)
  const taken = (of: string) => n('Nomination', (one) => one['kind'] === of && one['stage'] === 'ACCEPTED')
  return {
    ...{ firms: firms.length, firmsVisited: new Set(visited.map((one) => one['enterprise'])).size },
    ...{ firmsNew: n('Enterprise', (one) => inPeriod(one['enteredOn'])), firmsClosed: n('Enterprise', (one) => inPeriod(one['closedOn'])) },
    ...{ noticesIssued: issued('NOTICE'), noticesDelivered: delivered, noticeRate: share(delivered, firms.length) },
    ...{ commitmentsIssued: issued('COMMITMENT'), commitmentsSigned: signed, commitmentRate: share(signed, firms.length) },
    ...{ dossiersStarted: started, dossiersComplete: complete },
    ...{ dossierRate: share(started, counted.length), dossierCompleteRate: share(complete, counted.length) },
    ...{
      pointsRed: points('RED'),
      pointsOrange: points('ORANGE'),
      pointsYellow: points('YELLOW'),
      pointsBlue: points('BLUE'),
      pointsUnrated: points(undefined),
    },
    ...Object.fromEntries(KINDS.map((of) => [`checks.${of}`, n('Check', (one) => one['kind'] === of && inPeriod(one['doneOn']))])),
    executionRate: share(owed.filter((one) => one['outcome'] === 'DONE').length, owed.length),
    ...{ foundGeneral: general.found, closedGeneral: general.closed, openGeneral: general.open, overdueGeneral: general.overdue },
    ...{ foundMajor: majors.found, closedMajor: majors.closed, openMajor: majors.open, overdueMajor: majors.overdue },
    rectificationRate: share(foundNow.filter(closed).length, foundNow.length),
    onTimeRate: share(dueNow.filter((one) => closed(one) && dayIn(one['closedAt']) <= String(one['dueOn'])).length, dueNow.length),
    ...{ fiveSAverage: tenths('auditTenths'), fiveSRate: flagged('auditPassed') },
    ...{ sixHavesAverage: tenths('sixHavesTenths'), sixHavesRate: flagged('sixHavesAchieved') },
    ...{ trainings: held('TrainingRecord').length, trained: persons('TrainingRecord', 'trained') },
    ...{ drills: held('Drill').length, drilled: persons('Drill', 'joined') },
    ...{ benchmarkFirms: taken('BENCHMARK'), demonstrationPosts: taken('POST') },
  }
}
