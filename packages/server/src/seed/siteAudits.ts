import type { Workshop } from '../enterprise/workshop.entity.js'
import { HazardSource } from '../hazard/terms.js'
import type { Day } from '../shared/days.js'
import { FiveSAudit, FiveSDimensionScore, FiveSScore } from '../site/fiveSAudit.entity.js'
import { fiveSResult } from '../site/fiveSScoring.js'
import { siteSeries } from '../site/siteRow.js'
import { periodOf } from '../site/siteRules.js'
import { AuditKind } from '../site/terms.js'
import { shippedFiveS } from './shipFiveS.js'
import { type SiteFirm, toRef } from './siteFirm.js'
import { BAD_NOTES } from './siteTexts.js'

const SHIPPED = shippedFiveS()
const QUARTERS = 4
const YEAR = 360

/** Quarter by quarter the station comes; some enterprises look for themselves every month, workshop by workshop. They get better, most of them. */
export function tellAudits(site: SiteFirm, habits: { quarterly: boolean; monthly: boolean }): FiveSAudit[] {
  const { random } = site
  const base = random.percent(14) ? random.whole(8, 24) : random.whole(34, 80)
  const rise = random.whole(-1, 5)
  const audits: FiveSAudit[] = []
  for (let quarter = habits.quarterly ? QUARTERS - 1 : 0; quarter >= 0; quarter--) {
    // The hazard that the station found that quarter was found on its round.
    const window = { from: site.ago(quarter * 90 + 80), to: site.ago(quarter * 90 + 4) }
    const hazard = site.hazards.find(({ source, foundOn }) => source === HazardSource.STATION_GUIDANCE && foundOn >= window.from && foundOn <= window.to)
    const day = hazard?.foundOn ?? site.ago(quarter * 90 + random.whole(4, 60))
    audits.push(audit(site, AuditKind.STATION, day, base + (QUARTERS - 1 - quarter) * rise, undefined, hazard))
  }
  if (habits.monthly)
    for (let month = 11; month >= 0; month--)
      for (const [i, unit] of site.units.entries())
        audits.push(
          audit(site, AuditKind.ENTERPRISE, site.ago(Math.min(YEAR, month * 30 + random.whole(1, 20))), base + 3 + (11 - month) * (rise / 3) - i * 4, unit),
        )
  return audits
}

function audit(site: SiteFirm, kind: AuditKind, day: Day, quality: number, unit?: Workshop, hazard?: SiteFirm['hazards'][number]): FiveSAudit {
  const { random, firm, world } = site
  const by = kind === AuditKind.STATION ? site.authority : unit && firm.crew.workshop?.workshop === unit.name ? site.head : site.own
  const past = site.past('fiveSAuditSubmit', day, by)
  const share = Math.round(Math.max(5, Math.min(97, quality)))
  let told = hazard
  const lines = SHIPPED.dimensions.flatMap(({ dimension, items }) =>
    items.map((item, i) => {
      const found = told && random.percent(25) ? told : undefined
      if (found) told = undefined
      const score = found ? random.whole(1, 2) : random.percent(share) ? 4 : random.percent(30 + share * 0.4) ? 3 : random.whole(0, 2)
      return { dimension, item, rank: dimension.rank * 100 + i, score: random.percent(2) && !found ? null : score, found }
    }),
  )
  const result = fiveSResult(
    SHIPPED.dimensions.map(({ dimension }) => ({
      points: dimension.points,
      scores: lines.filter((line) => line.dimension === dimension).map(({ score }) => score),
    })),
    SHIPPED.standard,
  )
  const at = { unit }
  const bad = (score: number | null) => score !== null && score < SHIPPED.standard.photoBelow
  const made = site.add(
    FiveSAudit,
    past,
    {
      ...{ standard: toRef(SHIPPED.standard), kind, number: world.numbers.of(siteSeries('5S', day, firm.enterprise.division)), auditedOn: day },
      ...{ period: periodOf(day, kind === AuditKind.STATION ? 3 : 1), auditor: by.id, auditorName: by.name },
      auditorUnit: kind === AuditKind.STATION ? (world.names.get(by.station ?? '') ?? '行业主管站所') : (unit?.name ?? '企业'),
      ...{ tenths: result.tenths, grade: result.grade, passed: result.passed, badItems: lines.filter(({ score }) => bad(score)).length },
    },
    at,
  )
  for (const [i, { dimension }] of SHIPPED.dimensions.entries())
    site.add(FiveSDimensionScore, past, { audit: toRef(made), dimension: toRef(dimension), rank: i, tenths: result.dimensions[i], voided: false }, at)
  for (const { dimension, item, rank, score, found } of lines) {
    const low = bad(score)
    const facts = { audit: toRef(made), dimension: toRef(dimension), item: toRef(item), rank, score, bad: low, photos: low ? 1 : 0, voided: false }
    const note = found?.description.slice(0, 500) ?? (low ? random.pick(BAD_NOTES[dimension.name]!) : undefined)
    const line = site.add(FiveSScore, past, { ...facts, ...(note ? { note } : {}), ...(found ? { hazard: toRef(found) } : {}) }, at)
    if (low) site.photo(FiveSScore, line, past)
  }
  return made
}
