import { expect, test } from 'vitest'
import { Criterion } from '../standard/criterion.entity.js'
import { Refusal } from '../shared/refusal.js'
import type { Hazard } from './hazard.entity.js'
import { DEFAULT_RULES as rules } from './rules.js'
import { aHazard, at, somebody } from './sample.js'
import { HazardSeverity, HazardSource, HazardStage } from './terms.js'

const chen = somebody('chen', 'STATION')
const wang = somebody('wang', 'STATION')
const town = somebody('town', 'TOWN_OFFICE')
const lin = somebody('lin', 'ENTERPRISE')
const su = somebody('su', 'ENTERPRISE')
const village = somebody('village', 'VILLAGE')
const day = at('2026-03-02')
const clause = Object.assign(new Criterion(), { code: 'GM10-11' })
const photos = { result: '已加装防护罩', photos: 1 }
const fixings = { responsiblePerson: '甲', responsibleDept: '生产部', measures: '停机检修', fundFen: 60_000, milestones: '三天内', emergencyPlan: '断电处置' }

const notified = (differs: Partial<Hazard> = {}) => {
  const hazard = aHazard(differs)
  hazard.register(chen, day)
  hazard.notify(chen, day, rules, { number: 'ZG-1', dueOn: '2026-03-09' })
  return hazard
}
const inReview = (differs: Partial<Hazard> = {}) => {
  const hazard = notified(differs)
  hazard.accept(lin, day)
  hazard.submit(lin, day, photos)
  return hazard
}
const major = (differs: Partial<Hazard> = {}) => {
  const hazard = aHazard({ severity: HazardSeverity.MAJOR, interimMeasure: '停用', ...differs })
  hazard.register(chen, day, clause)
  hazard.notify(chen, day, rules, { number: 'ZG-1', dueOn: '2026-04-01' })
  Object.assign(hazard, { criterion: clause, ...fixings })
  return hazard
}
const majorInReview = () => {
  const hazard = major()
  hazard.plan(lin, day)
  hazard.approvePlan(chen)
  hazard.accept(lin, day)
  hazard.submit(lin, day, photos)
  return hazard
}
const code = (act: () => void): string | undefined => {
  try {
    act()
  } catch (error) {
    return (error as Refusal).code
  }
  return undefined
}

test('a general hazard goes from report to closure and is closed by somebody else than the fixer', () => {
  const hazard = inReview()
  hazard.close(chen, at('2026-03-05'), rules, '')
  expect(hazard.stage).toBe(HazardStage.CLOSED)
  expect(hazard.closedAt).toBe('2026-03-05T02:00:00.000Z')
})

test('a hazard cannot be closed or returned by who rectified or submitted it, whatever his role is today', () => {
  const hazard = inReview()
  const promoted = somebody('lin', 'STATION')
  expect(() => hazard.close(promoted, day, rules, '')).toThrow('复查人不能是整改人或提交人')
  expect(code(() => hazard.return(promoted, day, rules, '不行', '2026-03-12'))).toBe('SAME_PERSON')
})

test('who fixed in an earlier round does not verify a later one', () => {
  const hazard = inReview({ foundByRole: 'ENTERPRISE', source: HazardSource.SELF_CHECK })
  hazard.return(su, day, rules, '未固定', '2026-03-12')
  hazard.submit(somebody('third', 'POST'), day, photos)
  expect(code(() => hazard.close(lin, day, rules, ''))).toBe('SAME_PERSON')
  hazard.close(su, day, rules, '')
  expect(hazard.stage).toBe(HazardStage.CLOSED)
})

test('a returned hazard keeps its first deadline, counts the return and forgets the first signature', () => {
  const hazard = majorInReview()
  hazard.close(chen, day, rules, '同意')
  hazard.return(town, day, rules, '防护罩未固定', '2026-04-20')
  expect(hazard).toMatchObject({ stage: HazardStage.RECTIFYING, returns: 1, dueOn: '2026-04-20', originalDueOn: '2026-04-01' })
  expect(hazard.firstReviewer).toBeUndefined()
})

test('a major hazard needs its clause, an interim measure and a confirmer of the authority', () => {
  expect(code(() => aHazard({ severity: HazardSeverity.MAJOR, interimMeasure: '停用' }).register(chen, day))).toBe('CRITERION_MISSING')
  expect(code(() => aHazard({ severity: HazardSeverity.MAJOR }).register(chen, day, clause))).toBe('MISSING')
  expect(code(() => aHazard({ severity: HazardSeverity.MAJOR, interimMeasure: '停用', foundByRole: 'VILLAGE' }).register(village, day, clause))).toBe(
    'FORBIDDEN',
  )
})

test('a major hazard is not begun before its five fixings are filled in and approved by somebody else', () => {
  const hazard = major()
  expect(code(() => hazard.accept(lin, day))).toBe('FIXINGS_NOT_APPROVED')
  hazard.plan(lin, day)
  expect(code(() => hazard.approvePlan(lin))).toBe('FORBIDDEN')
  expect(code(() => hazard.approvePlan(somebody('lin', 'STATION')))).toBe('SAME_PERSON')
  hazard.approvePlan(chen)
  hazard.accept(lin, day)
  expect(hazard.stage).toBe(HazardStage.RECTIFYING)
})

test.each(['responsiblePerson', 'responsibleDept', 'measures', 'milestones', 'emergencyPlan'] as const)(
  'a plan without %s is refused and names the field',
  (field) => {
    const hazard = Object.assign(major(), { [field]: ' ' })
    expect(() => hazard.plan(lin, day)).toThrow(expect.objectContaining({ params: { field } }))
  },
)

test('a major hazard closes with the second of two different reviewers', () => {
  const hazard = majorInReview()
  hazard.close(chen, day, rules, '')
  expect(hazard.stage).toBe(HazardStage.PENDING_REVIEW)
  expect(code(() => hazard.close(chen, day, rules, ''))).toBe('SAME_REVIEWER')
  hazard.close(wang, day, rules, '')
  expect(hazard).toMatchObject({ stage: HazardStage.CLOSED, firstReviewer: 'chen', secondReviewer: 'wang' })
})

test('a hazard found by enforcement needs two officers', () => {
  const hazard = inReview({ source: HazardSource.ENFORCEMENT })
  hazard.close(chen, day, rules, '')
  expect(hazard.stage).toBe(HazardStage.PENDING_REVIEW)
  hazard.close(wang, day, rules, '')
  expect(hazard.stage).toBe(HazardStage.CLOSED)
})

test('a listed hazard is delisted by the town office that listed it, with its closure', () => {
  const hazard = majorInReview()
  hazard.list(town, day, 'GP-2026-001')
  hazard.close(wang, day, rules, '')
  expect(code(() => hazard.close(chen, day, rules, ''))).toBe('FORBIDDEN')
  hazard.close(town, day, rules, '')
  expect(hazard).toMatchObject({ stage: HazardStage.CLOSED, delistedAt: day.toISOString() })
})

test('what the village found is closed by village or station, a self-check inside the enterprise', () => {
  expect(code(() => inReview({ foundByRole: 'VILLAGE', source: HazardSource.GRID_PATROL }).close(village, day, rules, ''))).toBeUndefined()
  expect(code(() => inReview({ foundByRole: 'STATION' }).close(village, day, rules, ''))).toBe('FORBIDDEN')
  expect(code(() => inReview({ foundByRole: 'ENTERPRISE' }).close(chen, day, rules, ''))).toBe('FORBIDDEN')
  expect(code(() => inReview({ foundByRole: 'STATION' }).close(su, day, rules, ''))).toBe('FORBIDDEN')
})

test('a fix without a photo or a word of what was done is refused', () => {
  const hazard = notified()
  hazard.accept(lin, day)
  expect(code(() => hazard.submit(lin, day, { result: '已改', photos: 0 }))).toBe('PHOTO_MISSING')
  expect(code(() => hazard.submit(lin, day, { result: '  ', photos: 2 }))).toBe('MISSING')
})

test('fixed on the spot counts only on the day it was found, with photos of before and after, and waits for a second person', () => {
  const registered = (differs: Partial<Hazard> = {}) => {
    const hazard = aHazard({ photosBefore: 1, ...differs })
    hazard.register(chen, day)
    return hazard
  }
  expect(code(() => registered().fixOnSpot(lin, at('2026-03-03'), photos))).toBe('NOT_SAME_DAY')
  expect(code(() => registered({ photosBefore: 0 }).fixOnSpot(lin, day, photos))).toBe('PHOTO_MISSING')
  const hazard = registered()
  hazard.fixOnSpot(chen, day, photos)
  expect(code(() => hazard.close(chen, day, rules, ''))).toBe('SAME_PERSON')
  hazard.close(wang, day, rules, '')
  expect(hazard).toMatchObject({ stage: HazardStage.CLOSED, dueOn: '2026-03-02' })
})

test('a deadline lies between today and the longest allowed', () => {
  const hazard = aHazard()
  hazard.register(chen, day)
  const notify = (dueOn: string) => () => hazard.notify(chen, day, rules, { number: 'ZG-1', dueOn })
  expect(code(notify('2026-03-01'))).toBe('DEADLINE_PAST')
  expect(code(notify('2026-04-02'))).toBe('DEADLINE_FAR')
  expect(code(notify('2026-03-02'))).toBeUndefined()
})

test('an extension is asked in time, granted by somebody else, once, and leaves the first deadline on record', () => {
  const hazard = notified()
  expect(code(() => hazard.askExtension(lin, at('2026-03-09'), rules, '2026-03-20'))).toBe('EXTENSION_LATE')
  expect(code(() => hazard.askExtension(lin, at('2026-03-08'), rules, '2026-03-09'))).toBe('DEADLINE_PAST')
  hazard.askExtension(lin, at('2026-03-08'), rules, '2026-03-20')
  expect(code(() => hazard.extend(su, '2026-03-20'))).toBe('FORBIDDEN')
  hazard.extend(chen, '2026-03-20')
  expect(hazard).toMatchObject({ dueOn: '2026-03-20', originalDueOn: '2026-03-09', extensions: 1 })
  expect(code(() => hazard.askExtension(lin, at('2026-03-10'), rules, '2026-03-25'))).toBe('EXTENDED_ALREADY')
})

test('a closed, transferred or void hazard moves no more', () => {
  const closed = inReview()
  closed.close(chen, day, rules, '')
  expect(code(() => closed.void(town, '误报'))).toBe('WRONG_STAGE')
  expect(code(() => closed.transfer(town, day, '县消防大队', 'H-1'))).toBe('WRONG_STAGE')
  const gone = aHazard()
  gone.void(town, '重复登记')
  expect(code(() => gone.register(chen, day))).toBe('WRONG_STAGE')
})

test('a hazard raised to major while it waits for review is not closed before its five fixings are made up for', () => {
  const hazard = inReview()
  hazard.regrade(town, HazardSeverity.MAJOR, '属判定条款情形', clause, '停用')
  expect(code(() => hazard.close(chen, day, rules, ''))).toBe('FIXINGS_NOT_APPROVED')
  hazard.return(chen, day, rules, '补报五落实', '2026-04-01')
  expect(hazard.stage).toBe(HazardStage.RECTIFYING)
})
