import { expect, test } from 'vitest'
import type { Wall } from './live'
import { pointingOf, possibleScenes, replayFrames, SCENES } from './scenes'

const AT = Date.parse('2026-11-24T07:00:00.000Z')
const wall = (more: Partial<Wall>): Wall => ({
  ...{ name: '', at: '', scenes: [...SCENES], look: 'DARK', pointed: null, place: null, firm: null, pointedAt: null },
  ...{ thenAt: null, replayAt: null, meetingAt: null, since: '2023-01-01T00:00:00.000Z', room: null },
  ...more,
})
const ago = (minutes: number) => new Date(AT - minutes * 60_000).toISOString()

test('a pointed scene holds for a meeting, a look at the past for half an hour, and then the wall is itself again', () => {
  const pointed = { pointed: 'COLORS', place: '350524106201', thenAt: '2026-10-01T00:00:00.000Z' } as const
  expect(pointingOf(wall({ ...pointed, pointedAt: ago(5) }), AT)).toMatchObject({ scene: 'COLORS', place: '350524106201', then: pointed.thenAt })
  expect(pointingOf(wall({ ...pointed, pointedAt: ago(40) }), AT)).toMatchObject({ scene: 'COLORS', then: undefined })
  expect(pointingOf(wall({ ...pointed, pointedAt: ago(121) }), AT)).toMatchObject({ scene: undefined, place: undefined })
})

test('a wall that is switched on long after a replay does not begin it anew', () => {
  expect(pointingOf(wall({ replayAt: ago(1) }), AT).replay).toBeDefined()
  expect(pointingOf(wall({ replayAt: ago(4) }), AT).replay).toBeUndefined()
})

test('a scene with nothing to show is passed over; a wall always shows something', () => {
  expect(possibleScenes(SCENES, { campaign: false, meeting: false })).toEqual(['CLOSURE', 'COLORS', 'STATIONS'])
  expect(possibleScenes(['CAMPAIGN'], { campaign: false, meeting: false })).toEqual(['CLOSURE'])
  expect(possibleScenes(['MEETING'], { campaign: false, meeting: true })).toEqual(['MEETING'])
})

test('a replay is a month of days on the midnights of Shanghai, none before the log begins', () => {
  const frames = replayFrames(AT, 0)
  expect(frames).toHaveLength(31)
  expect(frames.every((at) => new Date(at).getUTCHours() === 16 && at % 3_600_000 === 0)).toBe(true)
  expect(frames.at(-1)! <= AT).toBe(true)
  expect(replayFrames(AT, AT - 86_400_000).length).toBeLessThanOrEqual(1)
})
