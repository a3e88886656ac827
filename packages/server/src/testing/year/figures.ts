import { meanTenths, share } from './arithmetic.js'
import { closed, found, major, open, overdue } from './hazards.js'
import { commitmentSigned, doubleControl, inScope, noticeDelivered } from './indicators.js'
import { dayIn, none, type Past, type Told } from './replay.js'

/** The figures of the other pages, counted by hand. */
const many = (rows: readonly Told[], is: (one: Told) => boolean): number => rows.filter(is).length

export function publicFigures(rows: readonly Told[], { today }: Past) {
  const is =
    (...stages: string[]) =>
    (one: Told) =>
      stages.includes(String(one['stage']))
  const waits = is('RECEIVED', 'IN_HAND')
  const decided = (one: Told) => !none(one['decidedAt'])
  const late = (one: Told) => waits(one) && String(one['triageDueOn']) < today
  const inTime = many(rows, (one) => decided(one) && dayIn(one['decidedAt']) <= String(one['triageDueOn']))
  const toHazard = many(rows, (one) => !none(one['hazard']))
  return {
    ...{ waiting: many(rows, waits), late: many(rows, late), rectifying: many(rows, is('RECTIFYING')), closed: many(rows, is('CLOSED')) },
    ...{ refused: many(rows, is('REFUSED')), toHazard, hazardRate: share(toHazard, many(rows, decided)) },
    inTimeRate: share(
      inTime,
      many(rows, (one) => decided(one) || late(one)),
    ),
  }
}

export const doubtFigures = (rows: readonly Told[]) => {
  const doubtful = many(rows, (one) => one['doubtful'] === true)
  return { doubtful, doubtRate: share(doubtful, rows.length) }
}
export function sampleFigures(rows: readonly Told[]) {
  const looked = (one: Told) => !none(one['verdict'])
  const hit = (cause: string) => {
    const own = rows.filter((one) => looked(one) && one['cause'] === cause)
    return share(
      many(own, (one) => one['verdict'] === 'PERFUNCTORY'),
      own.length,
    )
  }
  return {
    ...{ looked: many(rows, looked), waiting: rows.length - many(rows, looked), perfunctory: many(rows, (one) => one['verdict'] === 'PERFUNCTORY') },
    ...{ lookedRate: share(many(rows, looked), rows.length), hitRate: hit('DOUBTFUL'), overlookedRate: hit('RANDOM') },
  }
}

export function letterFigures(firms: readonly Told[], past: Past) {
  const year = Number(past.today.slice(0, 4))
  const here = firms.filter((one) => inScope(one, past))
  const [delivered, signed] = [many(here, (one) => noticeDelivered(past, one, year)), many(here, (one) => commitmentSigned(past, one, year))]
  return {
    ...{ inScope: here.length, noticesDelivered: delivered, commitmentsSigned: signed },
    ...{ noticeRate: share(delivered, here.length), commitmentRate: share(signed, here.length) },
  }
}

export function auditFigures(rows: readonly Told[]) {
  const valid = rows.filter((one) => none(one['voidedOn']))
  const judged = valid.filter((one) => !none(one['passed']))
  return {
    ...{ audits: valid.length, passedAudits: many(valid, (one) => one['passed'] === true) },
    ...{
      passRate: share(
        many(judged, (one) => one['passed'] === true),
        judged.length,
      ),
      gradeARate: share(
        many(judged, (one) => one['grade'] === 'A'),
        judged.length,
      ),
    },
    averageScore: meanTenths(valid.flatMap((one) => (none(one['tenths']) ? [] : Number(one['tenths'])))),
  }
}

const COLORS = ['red', 'orange', 'yellow', 'blue'] as const
const colors = (of: (color: string) => number) => {
  const n = COLORS.map((color) => of(color.toUpperCase()))
  const all = n.reduce((sum, one) => sum + one, 0)
  return Object.fromEntries(
    COLORS.flatMap((color, i) => [
      [color, n[i]],
      [`${color}Share`, share(n[i]!, all)],
    ]),
  )
}
/** 四色: an enterprise's colour stands in its standing; its points are counted from themselves. */
export function riskFigures(firms: readonly Told[], past: Past) {
  const here = firms.filter((one) => inScope(one, past))
  const ids = new Set(here.map(({ id }) => id))
  const colorOf = (firm: Told) => past.all('RiskStanding').find((one) => one['enterprise'] === firm.id)?.['effective']
  const points = past.all('RiskPoint').filter((one) => none(one['endedOn']) && ids.has(String(one['enterprise'])))
  const covered = many(here, (one) => doubleControl(one, past))
  return {
    ...{ firms: here.length, firmsBy: colors((color) => many(here, (one) => colorOf(one) === color)), firmsNone: many(here, (one) => none(colorOf(one))) },
    ...{
      points: points.length,
      pointsBy: colors((color) => many(points, (one) => one['color'] === color)),
      pointsUnrated: many(points, (one) => none(one['color'])),
    },
    ...{ covered, coverageRate: share(covered, here.length) },
  }
}
export { COLORS }

/** 月报报送: expected, received, late, missing. */
export function summaryFigures(rows: readonly Told[], { today }: Past) {
  const reported = (one: Told) => !none(one['firstSubmittedAt'])
  const late = (one: Told) => one['late'] === true
  return {
    ...{ expected: rows.length, reported: many(rows, reported), late: many(rows, late), onTime: many(rows, (one) => reported(one) && !late(one)) },
    missing: many(rows, (one) => !reported(one) && String(one['dueOn']) < today),
    ...{ accepted: many(rows, (one) => one['state'] === 'ACCEPTED'), returnedOnes: many(rows, (one) => one['state'] === 'RETURNED') },
  }
}

/** 上报统计表 of a period. */
export function upwardValues(mine: (one: Told) => boolean, period: string, past: Past): Record<string, number | null> {
  const rows = (thing: string, day: string) => past.all(thing).filter((one) => mine(one) && !none(one[day]) && String(one[day]).startsWith(period))
  const firms = (checks: readonly Told[]) => new Set(checks.map((one) => one['enterprise'])).size
  const checks = rows('Check', 'doneOn')
  const trips = checks.filter((one) => one['kind'] !== 'SELF_CHECK')
  const hazards = rows('Hazard', 'foundOn').filter(found)
  const [general, majors] = [hazards.filter((one) => !major(one)), hazards.filter(major)]
  const planned = majors.filter((one) => !none(one['fixingsAt']))
  const letters = (kind: string) => rows('Letter', 'issuedOn').filter((one) => one['kind'] === kind && one['stage'] !== 'VOID').length
  const done = (some: readonly Told[]) => many(some, closed)
  return {
    firms: past.all('Enterprise').filter((one) => mine(one) && inScope(one, past)).length,
    ...{ checking: firms(checks), inspected: firms(trips), trips: trips.length },
    ...{ general: general.length, generalDone: done(general), generalRate: share(done(general), general.length) },
    ...{ major: majors.length, majorDone: done(majors), majorRate: share(done(majors), majors.length) },
    ...{ planned: planned.length, funds: Math.round(planned.reduce((all, one) => all + Number(one['fundFen'] ?? 0), 0) / 10_000) / 100 },
    ...{
      records: many(checks, (one) => one['kind'] === 'ENFORCEMENT'),
      orders: letters('STATUTORY_ORDER'),
      coercive: null,
      opinions: letters('REVIEW_OPINION'),
    },
  }
}

/** 看板. */
export function boardFigures(hazards: readonly Told[], firms: readonly Told[], past: Past) {
  const { today } = past
  const group = (rows: readonly Told[]) => {
    const due = rows.filter((one) => found(one) && !none(one['dueOn']) && String(one['dueOn']) < today)
    return {
      ...{ found: many(rows, found), closed: many(rows, closed), open: many(rows, open), overdue: many(rows, (one) => overdue(one, today)) },
      ...{ majorOpen: many(rows, (one) => open(one) && major(one)) },
      onTimeRate: share(
        many(due, (one) => closed(one) && dayIn(one['closedAt']) <= String(one['dueOn'])),
        due.length,
      ),
    }
  }
  const { found: total, ...rest } = group(hazards)
  const closedOn = (is: (day: string) => boolean) => many(hazards, (one) => closed(one) && is(dayIn(one['closedAt'])))
  const foundOn = (day: string) => many(hazards, (one) => found(one) && one['foundOn'] === day)
  const days = Array.from({ length: 30 }, (_, i) => new Date(Date.parse(`${today}T00:00:00Z`) - (29 - i) * 86_400_000).toISOString().slice(0, 10))
  const { firmsBy, firmsNone, pointsBy, coverageRate } = riskFigures(firms, past)
  return {
    ...{ total, ...rest, transferred: many(hazards, (one) => one['stage'] === 'TRANSFERRED'), rectificationRate: share(rest.closed, total) },
    ...{ foundToday: foundOn(today), closedToday: closedOn((day) => day === today), closedThisMonth: closedOn((day) => day.startsWith(today.slice(0, 7))) },
    byDay: days.map((day) => ({ day, found: foundOn(day), closed: closedOn((one) => one === day) })),
    funnel: (stage: string) => many(hazards, (one) => one['stage'] === stage),
    place: (column: string, code: string) => group(hazards.filter((one) => String(one[column] ?? '') === code)),
    colors: { firms: firmsBy, firmsNone, points: pointsBy, coverageRate },
    overdueMajors: hazards.filter((one) => overdue(one, today) && major(one)).map((one) => String(one['number'])),
  }
}
