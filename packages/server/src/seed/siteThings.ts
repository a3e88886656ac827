import type { Workshop } from '../enterprise/workshop.entity.js'
import { linkedId } from '../shared/datum.js'
import { addDays, type Day } from '../shared/days.js'
import { PostEvidence } from '../site/postStanding.entity.js'
import { RiskNotice } from '../site/riskNotice.entity.js'
import { Sign, SignTask } from '../site/sign.entity.js'
import { SixHavesCheck, SixHavesCount } from '../site/sixHaves.entity.js'
import { sixHavesResult } from '../site/sixHavesScoring.js'
import { siteSeries } from '../site/siteRow.js'
import { addMonths } from '../site/siteRules.js'
import { HANGING, PostEvidenceKind, SIGN_CLASS_NAME, SIGN_STATE_NAME, SignState, SignTaskKind, SignTaskStage, SIX_HAVE_NAME, SixHave } from '../site/terms.js'
import { Violation } from '../site/violation.entity.js'
import { type SiteFirm, toRef } from './siteFirm.js'
import { FOLLOWED, NOTICES, SIGNS, VIOLATIONS } from './siteTexts.js'

const { INTACT, DAMAGED, MISSING } = SignState

export function tellViolations(site: SiteFirm, many: number): Violation[] {
  const { random, world, firm, today } = site
  return Array.from({ length: many }, () => {
    const { kind, spot, what, violator, handling } = random.pick(VIOLATIONS)
    const post = random.pick(site.posts)
    const unit = site.units.find(({ id }) => id === linkedId(post.unit))
    const foundOn = site.ago(random.whole(1, 350))
    const by = random.percent(40) ? site.authority : site.own
    const past = site.past('violationRecord', foundOn, by)
    const facts = { kind, spot, what, violator, handling, foundOn, photos: 0, followUpBy: addDays(foundOn, 7) }
    const finder = {
      foundBy: by.id,
      foundByRole: by.role,
      foundByUnit: by.role === 'STATION' ? (world.names.get(by.station!) ?? '站所') : by.role === 'TOWN_OFFICE' ? '镇安办' : '企业',
    }
    const number = world.numbers.of(siteSeries('SW', foundOn, firm.enterprise.division))
    const violation = site.add(Violation, past, { ...facts, ...finder, number }, { unit, post })
    const done = addDays(foundOn, random.whole(1, 9))
    if (done < today && random.percent(93)) {
      const followUp = random.pick(FOLLOWED)
      world.chronicle.change(violation, site.past('violationFollowUp', done, site.own), () => Object.assign(violation, { followUp, followedUpOn: done }))
    }
    return violation
  })
}

/** Each workshop counted half a year ago and lately; what was missing lately is a task, some of it put right. */
export function tellSixHaves(site: SiteFirm): SixHavesCount[] {
  const { random } = site
  const care = random.whole(86, 101)
  return site.units.flatMap((unit) => {
    count(site, unit, site.ago(random.whole(180, 230)), care - 14, false)
    return count(site, unit, site.ago(random.whole(3, 40)), care, true)
  })
}

function count(site: SiteFirm, unit: Workshop, day: Day, care: number, current: boolean): SixHavesCount[] {
  const { random } = site
  const posts = Math.max(1, site.postsOf(unit).length)
  const required: Record<SixHave, number> = {
    ...{ FLOOR_LINES: random.whole(3, 8), NAMEPLATES: random.whole(4, 16), POST_WARNING: posts, WORK_INSTRUCTION: posts },
    ...{ PIPE_DIRECTION: random.percent(55) ? random.whole(2, 8) : 0, VALVE_TAGS: random.whole(2, 9) },
  }
  const counts = Object.values(SixHave).map((item) => {
    const missing = Array.from({ length: required[item] }).filter(() => !random.percent(care)).length
    return { item, required: required[item], intact: required[item] - missing, missing }
  })
  const { tenths, achieved, missing } = sixHavesResult(counts, 100)
  const by = site.firm.crew.workshop?.workshop === unit.name ? site.head : site.own
  const past = site.past('sixHavesCount', day, by)
  const facts = { countedOn: day, countedBy: by.id, countedByUnit: unit.name, least: 100, missing, current, tenths, achieved }
  const check = site.add(SixHavesCheck, past, facts, { unit })
  const rows = counts.map((one) => site.add(SixHavesCount, past, { ...one, check: toRef(check), current }, { unit }))
  if (current)
    for (const { item, missing: lacking } of rows) {
      if (!lacking) continue
      const what = `${SIX_HAVE_NAME[item]}：缺损 ${lacking} 处`
      task(site, unit, day, { kind: SignTaskKind.SIX_HAVES, item, many: lacking, what }, past)
    }
  return rows
}

function task(site: SiteFirm, unit: Workshop | undefined, raisedOn: Day, facts: object, past: Parameters<SiteFirm['photo']>[2]): void {
  const { random, world, today } = site
  const dueOn = addDays(raisedOn, 7)
  const asked = { raisedOn, dueOn, responsible: unit ? `${unit.name}负责人` : '安全管理员', stage: SignTaskStage.OPEN, photos: 0 }
  const made = site.add(SignTask, past, { ...facts, ...asked }, { unit })
  const doneOn = addDays(raisedOn, random.whole(1, 8))
  if (doneOn >= today || !random.percent(84)) return
  const done = site.past('signTaskDone', doneOn, site.own)
  world.chronicle.change(made, done, () => Object.assign(made, { stage: SignTaskStage.DONE, doneBy: site.own.id, doneOn, result: '已补齐', photos: 0 }))
}

export function tellSigns(site: SiteFirm): Sign[] {
  const { random, world } = site
  return site.units.flatMap((unit) => {
    const posts = site.postsOf(unit)
    return SIGNS.filter(() => random.percent(75)).map(({ kind, text, spot }, i) => {
      const setOn = site.ago(random.whole(300, 380))
      const facts = { kind, hangs: HANGING.indexOf(kind) + 1, text, spot, setOn, edition: random.percent(60) ? 'GB 2894-2025' : 'GB 2894-2008', state: INTACT }
      const post = i < posts.length && random.percent(40) ? posts[i] : undefined
      const sign = site.add(Sign, site.past('signRegister', setOn, site.own), { ...facts, nextCheckOn: addMonths(setOn, 6) }, { unit, post })
      const checkedOn = random.percent(88) ? site.ago(random.whole(2, 150)) : undefined
      if (!checkedOn) return sign
      const state = random.percent(93) ? INTACT : random.percent(60) ? DAMAGED : MISSING
      const past = site.past('signCheck', checkedOn, site.own)
      world.chronicle.change(sign, past, () => Object.assign(sign, { state, checkedOn, nextCheckOn: addMonths(checkedOn, 6) }))
      if (state !== INTACT) {
        const what = `${SIGN_CLASS_NAME[kind]}标识“${text}”${SIGN_STATE_NAME[state]}`
        task(site, unit, checkedOn, { kind: SignTaskKind.SIGN, sign: toRef(sign), many: 1, what, spot }, past)
      }
      return sign
    })
  })
}

export function tellNotices(site: SiteFirm): void {
  const { random, world } = site
  const [board, card, warning] = NOTICES
  const post = (text: (typeof NOTICES)[number], at: Parameters<SiteFirm['add']>[3], name = text.title) => {
    const sinceOn = site.ago(random.whole(200, 370))
    const notice = site.add(
      RiskNotice,
      site.past('riskNoticePost', sinceOn, site.own),
      { ...text, title: name, sinceOn, state: INTACT, nextCheckOn: addMonths(sinceOn, 6) },
      at,
    )
    if (!random.percent(85)) return
    const checkedOn = site.ago(random.whole(5, 160))
    world.chronicle.change(notice, site.past('riskNoticeCheck', checkedOn, site.own), () =>
      Object.assign(notice, { checkedOn, nextCheckOn: addMonths(checkedOn, 6) }),
    )
  }
  post(board!, {})
  for (const unit of site.units) {
    post(warning!, { unit }, `${unit.name}${warning!.title}`)
    for (const one of site.postsOf(unit).slice(0, 2)) post(card!, { unit, post: one }, `${one.name}风险告知卡`)
  }
}

export function tellEvidence(site: SiteFirm): PostEvidence[] {
  const { random } = site
  return site.posts.flatMap((post) => {
    const unit = site.units.find(({ id }) => id === linkedId(post.unit))
    const one = (kind: PostEvidenceKind, share: number, persons?: number): PostEvidence[] => {
      if (!random.percent(share)) return []
      const heldOn = site.ago(random.whole(10, 340))
      const past = site.past('postEvidenceRecord', heldOn, site.own)
      return [site.add(PostEvidence, past, { kind, heldOn, recordedBy: site.own.id, ...(persons != null ? { persons } : {}) }, { unit, post })]
    }
    return [
      ...one(PostEvidenceKind.CARD, 88),
      ...one(PostEvidenceKind.TRAINED, 85, random.percent(90) ? (post.headcount ?? 1) : Math.max(0, (post.headcount ?? 1) - 1)),
      ...one(PostEvidenceKind.PROCEDURE, 60),
    ]
  })
}
