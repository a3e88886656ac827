/** The twenty questions as somebody writes them who knows the tables: what the graph answers is compared with this. */
export interface Hand {
  today: string
  /** The Shanghai day of an instant column. */
  day: (column: string) => string
  /** Days from registration to closing, as a number with fractions. */
  days: string
}

const FOUND = `h.stage not in ('DRAFT', 'VOID', 'TRANSFERRED')`
const CLOSED = `h.stage = 'CLOSED'`
const OPEN = `h.stage in ('REGISTERED', 'NOTIFIED', 'RECTIFYING', 'PENDING_REVIEW')`
const n = (condition: string) => `sum(case when ${condition} then 1 else 0 end)`
/** Tenths of a percent, half up, in whole numbers. */
const rate = (part: string, whole: string) => `case when ${n(whole)} > 0 then (${n(part)} * 2000 + ${n(whole)}) / (2 * ${n(whole)}) / 10.0 end`
const overdue = (today: string) => `${OPEN} and h.due_on < '${today}'`
const due = (today: string, deadline: string) => `${FOUND} and ${deadline} < '${today}'`
const onTime = ({ today, day }: Hand, deadline: string) => `${CLOSED} and ${deadline} < '${today}' and ${day('h.closed_at')} <= ${deadline}`
const tenths = (average: string) => `floor((${average}) * 10 + 0.5) / 10`
const rectification = rate(CLOSED, FOUND)
const onTimeRate = (hand: Hand) => rate(onTime(hand, 'h.due_on'), due(hand.today, 'h.due_on'))
const VILLAGE = `left join division v on v.code = h.division`
const STATION = `left join station s on s.code = h.station`
const FIRM = `join enterprise e on e.id = h.enterprise_id`
const closedDays = `h.stage = 'CLOSED' and h.registered_at is not null`

/** Middle value by key, the mean of the middle two: a table (k, median). */
const medians = (hand: Hand, key: string, joins: string, where: string) => `(select k, ${tenths('avg(d)')} as median from (
  select k, d, row_number() over (partition by k order by d) as i, count(*) over (partition by k) as m
  from (select ${key} as k, ${hand.days} as d from hazard h ${joins} where ${closedDays} and ${where}) a) b where i in ((m + 1) / 2, (m + 2) / 2) group by k)`

export const HAND: Record<string, (hand: Hand) => string> = {
  '01-village-league': (hand) => `select v.name as c0,
      ${n(FOUND)} as c1,
      ${n(CLOSED)} as c2,
      ${n(OPEN)} as c3,
      ${n(overdue(hand.today))} as c4,
      ${n(`${OPEN} and h.severity = 'MAJOR'`)} as c5,
      ${rectification} as c6,
      ${onTimeRate(hand)} as c7 from hazard h ${VILLAGE} group by v.name`,
  '02-station-on-time': (hand) => `select s.name as c0,
      ${n(FOUND)} as c1,
      ${n(overdue(hand.today))} as c2,
      ${onTimeRate(hand)} as c3,
      ${rate(onTime(hand, 'h.original_due_on'), due(hand.today, 'h.original_due_on'))} as c4 from hazard h ${STATION} group by s.name`,
  '03-month-trend': (hand) => `select substr(h.found_on, 1, 7) as c0,
      ${n(FOUND)} as c1,
      ${n(CLOSED)} as c2,
      ${n(overdue(hand.today))} as c3,
      ${rectification} as c4
    from hazard h where h.found_on >= '2023-05-01' group by 1`,
  '04-closed-by-month': (hand) => `select month as c0,
      closed as c1,
      first_pass as c2,
      average as c3,
      median as c4 from (
    select substr(${hand.day('h.closed_at')}, 1, 7) as month, count(*) as closed, ${rate(`${CLOSED} and h.returns = 0`, CLOSED)} as first_pass,
      ${tenths(`avg(case when ${closedDays} then ${hand.days} end)`)} as average
    from hazard h where ${CLOSED} group by 1) g left join ${medians(hand, `substr(${hand.day('h.closed_at')}, 1, 7)`, '', '1 = 1')} m on m.k = g.month`,
  '05-late-list': ({ today }) => `select h.number as c0,
      e.name as c1,
      v.name as c2,
      s.name as c3,
      h.place as c4,
      h.description as c5,
      h.severity as c6,
      h.stage as c7,
      h.due_on as c8,
      h.extensions as c9,
      h.responsible_person as c10
    from hazard h ${FIRM} ${VILLAGE} ${STATION} where ${overdue(today)}`,
  '06-major-open': () => `select h.number as c0,
      e.name as c1,
      e.trade as c2,
      t.name as c3,
      h.description as c4,
      c.standard as c5,
      c.clause as c6,
      h.listing_number as c7,
      h.fixings_at as c8,
      h.stage as c9,
      h.due_on as c10
    from hazard h ${FIRM} left join division t on t.code = substr(h.division, 1, 9) left join criterion c on c.id = h.criterion_id
    where h.severity = 'MAJOR' and h.stage not in ('CLOSED', 'TRANSFERRED', 'VOID')`,
  '07-factors': () => `select h.factor as c0,
      count(*) as c1,
      ${share(`h.stage <> 'VOID'`)} as c2 from hazard h where h.stage <> 'VOID' group by h.factor`,
  '08-categories': () => `select * from (select h.category, count(*) as n, ${share(`h.stage <> 'VOID' and h.category is not null`)} as share
    from hazard h where h.stage <> 'VOID' and h.category is not null group by h.category) g order by n desc, category limit 10`,
  '09-trade-major': () =>
    `select e.trade as c0,
      ${n(FOUND)} as c1,
      ${n(CLOSED)} as c2,
      ${n(OPEN)} as c3,
      ${rectification} as c4 from hazard h ${FIRM} where h.severity = 'MAJOR' group by e.trade`,
  '10-repeat-offenders': (hand) => `select e.name as c0,
      v.name as c1,
      e.trade as c2,
      count(h.id) as c3,
      ${n(CLOSED)} as c4,
      ${n(overdue(hand.today))} as c5,
      ${rectification} as c6,
      ${tenths(`avg(case when ${closedDays} then ${hand.days} end)`)} as c7 from enterprise e left join division v on v.code = e.division join hazard h on h.enterprise_id = e.id
    group by e.id, e.name, v.name, e.trade having ${n('h.recurring')} >= 1`,
  '11-never-checked': () => `select e.name as c0,
      v.name as c1,
      s.name as c2,
      e.trade as c3,
      e.scale_class as c4,
      e.staff_count as c5,
      e.entered_on as c6 from enterprise e
    left join division v on v.code = e.division left join station s on s.code = e.station
    where e.closed_on is null and not exists (select 1 from hazard h where h.enterprise_id = e.id and h.stage <> 'VOID')`,
  '12-first-pass': () => `select v.code as c0,
      v.name as c1,
      count(*) as c2,
      sum(h.returns) as c3,
      ${rate(`${CLOSED} and h.returns = 0`, CLOSED)} as c4
    from hazard h ${VILLAGE} where ${CLOSED} group by v.code, v.name`,
  '13-extensions': ({ day }) =>
    `select substr(${day('x.created_at')}, 1, 7) as c0,
      x.decision as c1,
      count(*) as c2,
      count(distinct x.enterprise_id) as c3 from extension x group by 1, 2`,
  '14-days-by-trade': (hand) => `select g.trade as c0,
      closed as c1,
      average as c2,
      median as c3 from (select e.trade, count(*) as closed, ${tenths(`avg(case when ${closedDays} then ${hand.days} end)`)} as average
    from hazard h ${FIRM} where ${CLOSED} group by e.trade) g left join ${medians(hand, 'e.trade', FIRM, '1 = 1')} m on m.k = g.trade`,
  '15-sources': () => `select ${quarter} as c0,
      h.source as c1,
      count(*) as c2 from hazard h where h.stage <> 'VOID' group by 1, 2`,
  '16-scale-severity': () => `select e.scale_class as c0,
      h.severity as c1,
      count(*) as c2,
      count(distinct e.id) as c3 from hazard h ${FIRM} where h.stage <> 'VOID' group by 1, 2`,
  '17-village-map': ({ today }) => `select v.code as c0,
      v.name as c1,
      count(*) as c2,
      count(distinct h.enterprise_id) as c3,
      ${n(overdue(today))} as c4,
      ${n(`${OPEN} and h.severity = 'MAJOR'`)} as c5
    from hazard h ${VILLAGE} where h.stage not in ('CLOSED', 'TRANSFERRED', 'VOID') group by v.code, v.name`,
  '18-cost': () => `select t.name as c0,
      e.trade as c1,
      count(*) as c2,
      sum(h.cost_fen) as c3,
      avg(h.cost_fen * 1.0) as c4,
      max(h.cost_fen) as c5 from hazard h ${FIRM}
    left join division t on t.code = substr(h.division, 1, 9) where h.cost_fen > 0 group by t.name, e.trade`,
  '20-phases': (
    hand,
  ) => `select (select substr(p.starts_on, 1, 4) || '-P' || p.position || ' ' || p.name from phase p where h.found_on between p.starts_on and p.ends_on) as c0,
      ${n(FOUND)} as c1,
      ${n(CLOSED)} as c2,
      ${n(overdue(hand.today))} as c3,
      ${rectification} as c4,
      ${onTimeRate(hand)} as c5 from hazard h where h.stage <> 'VOID' group by 1`,
}

const quarter = `substr(h.found_on, 1, 4) || '-Q' || case substr(h.found_on, 6, 2) when '01' then '1' when '02' then '1' when '03' then '1'
  when '04' then '2' when '05' then '2' when '06' then '2' when '07' then '3' when '08' then '3' when '09' then '3' else '4' end`

function share(of: string): string {
  const all = `(select count(*) from hazard h where ${of})`
  return `(count(*) * 2000 + ${all}) / (2 * ${all}) / 10.0`
}
