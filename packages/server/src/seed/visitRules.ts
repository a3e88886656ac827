import { ref } from '@mikro-orm/core'
import { CheckKind } from '../inspection/terms.js'
import { addDays, dayOf, startOf } from '../shared/days.js'
import { FrequencyRule, FrequencyTable } from '../visit/frequency.entity.js'
import type { InForce } from '../visit/rules.js'
import { type RuleLine, SHIPPED, SHIPPED_TABLE } from '../visit/shipped.js'
import { FrequencyState } from '../visit/terms.js'
import type { Told } from './chapters.js'
import { plain } from './plain.js'
import type { Random } from './random.js'
import type { Town } from './settle.js'

const DAY = 86_400_000
const MINUTE = 60_000

/** Last year's edition was a careful beginning; this year's is the one that is in force. */
export function publishRules(told: Told, random: Random, { code, staff }: Town, year: number): InForce {
  const { chronicle } = told.world
  let inForce: InForce | undefined
  const by = staff.town[0]!.asActor()
  const careful: RuleLine[] = SHIPPED.map((rule) =>
    rule.kind === CheckKind.STATION_GUIDANCE ? { ...rule, minPerYear: Math.ceil(rule.minPerYear / 2), focus: null } : rule,
  )
  for (const [edition, lines, from] of [
    [1, careful, dayOf(new Date(told.began.getTime() + 20 * DAY))],
    [2, SHIPPED, `${year}-01-01`],
  ] as const) {
    const at = new Date(Date.parse(startOf(addDays(from, -8))) + 600 * MINUTE)
    const basis = edition === 1 ? '镇安委会年度工作安排' : '县公布的年度检查频次上限和镇安委会会议纪要'
    const table = Object.assign(new (plain(FrequencyTable))(), {
      ...{ id: random.id(at.getTime()), division: code, edition, validFrom: from, basis, ...SHIPPED_TABLE, state: FrequencyState.DRAFT },
    })
    chronicle.add(table, { act: 'frequencyDraft', by, at })
    const rules = lines.map(({ trade: _trade, maxPerYear, focus, ...line }) =>
      chronicle.add(
        Object.assign(new (plain(FrequencyRule))(), {
          id: random.id(at.getTime()),
          table: ref(table),
          ...line,
          ...(maxPerYear == null ? {} : { maxPerYear }),
          ...(focus ? { focus } : {}),
        }),
        { act: 'frequencyDraft', by, at },
      ),
    )
    const published = new Date(at.getTime() + 3 * DAY)
    chronicle.change(table, { act: 'frequencyPublish', by, at: published }, () =>
      Object.assign(table, { state: FrequencyState.PUBLISHED, publishedBy: by.id, publishedAt: published.toISOString() }),
    )
    inForce = { table, rules }
  }
  return inForce!
}
