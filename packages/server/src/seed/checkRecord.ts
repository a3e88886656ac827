import { ref } from '@mikro-orm/core'
import type { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import { HazardSeverity, ManageType } from '../hazard/terms.js'
import { Check, CheckResult } from '../inspection/check.entity.js'
import type { CheckTask } from '../inspection/checkTask.entity.js'
import { CheckKind, ItemOutcome } from '../inspection/terms.js'
import type { Actor } from '../shared/context.js'
import { type Day, dayOf, instant, monthOf } from '../shared/days.js'
import type { Past } from './chronicle.js'
import type { World } from './life.js'
import { plain } from './plain.js'
import type { Random } from './random.js'

const MINUTE = 60_000

export interface Doing {
  kind: CheckKind
  by: Actor
  unit: string
  name: string
  at: Date
  list?: Checklist
  task?: CheckTask
  title: string
  hazard?: Hazard | undefined
}

/** One check of the past, whole: the record, an answer for every item, and the hazard that one of them became. */
export function recordCheck({ chronicle, numbers }: World, random: Random, items: readonly ChecklistItem[], doing: Doing): Past {
  const { kind, by, unit, name, at, list, task, title, hazard } = doing
  const stands = (list ?? hazard)!
  const place = { enterprise: stands.enterprise, division: stands.division, ...(stands.station ? { station: stands.station } : {}) }
  const part = list
    ? { ...(list.workshop ? { workshop: list.workshop } : {}), ...(list.unit ? { unit: list.unit } : {}), ...(list.post ? { post: list.post } : {}) }
    : hazard?.workshop
      ? { workshop: hazard.workshop }
      : {}
  const fixed = hazard?.manageType === ManageType.IMMEDIATE
  const bad = hazard ? random.whole(0, Math.max(0, items.length - 1)) : -1
  const answers = [
    ...items.map((item, i): Partial<CheckResult> => ({
      ...said(item),
      outcome: i === bad && list ? (fixed ? ItemOutcome.FIXED : ItemOutcome.FAIL) : random.percent(2) ? ItemOutcome.NA : ItemOutcome.PASS,
    })),
  ]
  if (hazard && !items.length) answers.push({ content: hazard.description, place: hazard.place, outcome: fixed ? ItemOutcome.FIXED : ItemOutcome.FAIL })
  const count = (outcome: ItemOutcome) => answers.filter((one) => one.outcome === outcome).length
  const took = random.whole(6, 25) * MINUTE
  // Now and then somebody only ticks.
  const ticked = list && !hazard && items.length >= 6 && Math.floor(at.getTime() / MINUTE) % 23 === 0
  const started = new Date(at.getTime() - (ticked ? items.length * 900 : took))
  const past: Past = { act: 'checkSubmit', by, at, request: random.id(at.getTime()) }
  const check = Object.assign(new (plain(Check))(), {
    ...{
      id: random.id(at.getTime()),
      key: random.id(at.getTime() - 1),
      number: numbers.of(seriesOf(dayOf(at), place.division)),
      kind,
      title,
      ...place,
      ...part,
    },
    ...(list ? { checklist: ref(list), level: list.level } : {}),
    ...(task ? { task: ref(task), plannedOn: task.dueOn } : {}),
    ...{
      startedAt: instant(started),
      doneAt: instant(at),
      doneOn: dayOf(at),
      checkedBy: by.id,
      checkedByRole: by.role,
      checkedByUnit: unit,
      checkerName: name,
    },
    ...{
      passed: count(ItemOutcome.PASS),
      failed: count(ItemOutcome.FAIL),
      fixed: count(ItemOutcome.FIXED),
      notApplicable: count(ItemOutcome.NA),
      notChecked: 0,
    },
    ...(kind === CheckKind.ENFORCEMENT ? { officers: `${name}（演示执法证 01）、演示·同行（演示执法证 02）` } : {}),
  })
  chronicle.add(check, past)
  answers.forEach((answer, i) => {
    const found = (answer.outcome === ItemOutcome.FAIL || answer.outcome === ItemOutcome.FIXED) && hazard
    const result = Object.assign(new (plain(CheckResult))(), {
      ...{
        id: random.id(at.getTime()),
        check: ref(check),
        ...place,
        ...part,
        seq: i + 1,
        severity: HazardSeverity.GENERAL,
        critical: false,
        doneOn: dayOf(at),
        ...answer,
      },
      ...(found ? { hazard: ref(hazard), note: hazard.description, place: hazard.place, severity: hazard.severity, factor: hazard.factor } : {}),
      ...(answer.outcome === ItemOutcome.NA ? { note: '当日没有这项作业' } : {}),
    })
    chronicle.add(result, past)
  })
  return past
}

const seriesOf = (day: Day, division: string) => `JC-${monthOf(day).replace('-', '')}-${division.slice(6).padEnd(6, '0')}`

const said = (item: ChecklistItem): Partial<CheckResult> =>
  Object.fromEntries(
    Object.entries({
      ...{ item: ref(item), section: item.section, content: item.content, requirement: item.requirement, factor: item.factor },
      ...{ severity: item.severity, critical: item.critical, legalBasis: item.legalBasis, demand: item.demand },
    }).filter(([, value]) => value != null),
  )
