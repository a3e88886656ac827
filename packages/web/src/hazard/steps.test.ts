import { expect, test } from 'vitest'
import { stepsOf } from './steps'

const at = (day: number) => `2026-03-0${day}T02:00:00.000Z`
const hazard = {
  id: '1',
  stage: 'RECTIFYING',
  manageType: 'DEADLINE',
  returns: 0,
  createdAt: at(1),
  registeredAt: at(1),
  notifiedAt: at(2),
  acceptedAt: at(3),
  submittedAt: null,
  closedAt: null,
  transferredAt: null,
} as const

test('what is behind, where it stands, what is ahead', () => {
  expect(stepsOf(hazard).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'now', 'ahead', 'ahead'])
})

test('a returned hazard is being rectified again, and its former submission is no step reached', () => {
  const review = stepsOf({ ...hazard, returns: 1, submittedAt: at(4) }).find(({ stage }) => stage === 'PENDING_REVIEW')
  expect(review).toEqual({ stage: 'PENDING_REVIEW', state: 'ahead', at: null })
})

test('a hazard fixed on the spot skips notice and rectification', () => {
  const steps = stepsOf({ ...hazard, stage: 'PENDING_REVIEW', manageType: 'IMMEDIATE', notifiedAt: null, acceptedAt: null, submittedAt: at(1) })
  expect(steps.map(({ stage }) => stage)).toEqual(['DRAFT', 'REGISTERED', 'PENDING_REVIEW', 'CLOSED'])
})

test('a void hazard ends where it was', () => {
  const steps = stepsOf({ ...hazard, stage: 'VOID', notifiedAt: null, acceptedAt: null })
  expect(steps.map(({ stage }) => stage)).toEqual(['DRAFT', 'REGISTERED', 'VOID'])
})

test('a closed hazard has every step behind it', () => {
  expect(stepsOf({ ...hazard, stage: 'CLOSED', submittedAt: at(4), closedAt: at(5) }).every(({ state }) => state === 'done')).toBe(true)
})
