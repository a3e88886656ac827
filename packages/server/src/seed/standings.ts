import { Hazard } from '../hazard/hazard.entity.js'
import { HazardSeverity, type HazardStage, isOpen } from '../hazard/terms.js'
import { WORST } from '../risk/grade.js'
import type { RiskStanding } from '../risk/riskStanding.entity.js'
import { type Counted, NOTHING } from '../risk/stand.js'
import type { RiskColor } from '../risk/terms.js'
import type { Actor } from '../shared/context.js'
import { addDays, type Day, dayOf, startOf } from '../shared/days.js'
import type { Entry } from '../shared/log.js'
import type { Told } from './chapters.js'
import type { Past } from './chronicle.js'

/** A station's own word about a colour. */
export interface Said {
  firm: string
  by: Actor
  at: Date
  color: RiskColor
  reason: string
  until: Day
}

const COUNT = { RED: 'red', ORANGE: 'orange', YELLOW: 'yellow', BLUE: 'blue' } as const
/** When the daily job looks: at half past six. */
const earlyOn = (day: Day) => new Date(Date.parse(startOf(day)) + 390 * 60_000)

type Facts = Record<string, unknown>
interface Moment {
  firm: string
  past: Past
  /** What this moment makes of what is known. */
  learn(known: Known): void
}
class Known {
  readonly points = new Map<string, Facts>()
  readonly majors = new Map<string, Facts>()

  /** As risk/keepStanding.ts counts it. */
  counted(today: Day): Counted {
    const counted = { ...NOTHING }
    for (const { color, code, name, endedOn } of this.points.values()) {
      if (endedOn) continue
      const [has, named] = [color as RiskColor | undefined, `${String(code)} ${String(name)}`]
      counted[has ? COUNT[has] : 'unrated']++
      if (!has) continue
      const worse = !counted.computed || WORST.indexOf(has) < WORST.indexOf(counted.computed)
      if (worse || (has === counted.computed && named < counted.worst!)) Object.assign(counted, { computed: has, worst: named })
    }
    const late = [...this.majors.values()]
      .filter(({ severity, stage, dueOn }) => severity === HazardSeverity.MAJOR && isOpen(stage as HazardStage) && dueOn && String(dueOn) < today)
      .map(({ dueOn, number }) => `${String(dueOn)} ${String(number)}`)
      .sort()
    return late.length ? { ...counted, overdueMajors: late.length, lateHazard: late[0]!.slice(11) } : counted
  }
}

/**
 * How every enterprise's colour went, told from its risk points, its major hazards and its station's word: an entry in the
 * log for each act that moved it and for each morning on which a deadline had passed.
 */
export function followColors({ world, now }: Told, standings: ReadonlyMap<string, RiskStanding>, said: readonly Said[]): void {
  const { chronicle, colors } = world
  const known = new Map<string, Known>()
  for (const { firm, past, learn } of moments(chronicle.entries('RiskPoint', 'Hazard'), chronicle.all(Hazard), said, standings, now)) {
    const standing = standings.get(firm)
    if (!standing) continue
    let facts = known.get(firm)
    if (!facts) known.set(firm, (facts = new Known()))
    learn(facts)
    const was = standing.effective
    chronicle.change(standing, past, () => standing.follow(facts.counted(dayOf(past.at)), past.at))
    if (standing.effective === was) continue
    colors.set(firm, [...(colors.get(firm) ?? []), { on: dayOf(past.at), at: past.at, color: standing.effective }])
  }
}

function moments(
  entries: readonly Entry[],
  hazards: readonly Hazard[],
  said: readonly Said[],
  standings: ReadonlyMap<string, RiskStanding>,
  now: Date,
): Moment[] {
  const major = new Set(hazards.filter(({ severity }) => severity === HazardSeverity.MAJOR).map(({ id }) => id))
  const owner = new Map(hazards.map((hazard) => [hazard.id, hazard.enterprise.id]))
  const all: Moment[] = []
  for (const { thing, record, diff, act, actor, at, enterprise, request } of entries) {
    if (thing === 'Hazard' && !major.has(record)) continue
    const news = Object.fromEntries(Object.entries(diff).map(([name, [, is]]) => [name, is]))
    if (thing === 'Hazard' ? !['stage', 'severity', 'dueOn'].some((name) => name in news) : !['color', 'endedOn', 'code'].some((name) => name in news)) continue
    const firm = (thing === 'Hazard' ? owner.get(record) : enterprise)!
    const past = { act, by: actor === 'system' ? undefined : ({ id: actor } as Actor), at: new Date(at!), ...(request ? { request } : {}) }
    const learn = (known: Known) => {
      const rows = thing === 'Hazard' ? known.majors : known.points
      rows.set(record, { ...rows.get(record), ...news })
    }
    all.push({ firm, past, learn })
    // The morning after its last day, should it still be open then.
    const late = thing === 'Hazard' && news['dueOn'] ? earlyOn(addDays(String(news['dueOn']), 1)) : undefined
    if (late && late < now) all.push({ firm, past: { act: 'riskDaily', by: undefined, at: late }, learn: () => undefined })
  }
  for (const { firm, by, at, color, reason, until } of said)
    all.push({ firm, past: { act: 'riskOverride', by, at, reason }, learn: () => standings.get(firm)!.override(by, at, { color, reason, until }) })
  return all.sort((a, b) => a.past.at.getTime() - b.past.at.getTime())
}
