import { expect, test } from 'vitest'
import { groupWork, type Work } from './work'

const work = (key: string, group: string, place: number, alarming = false): Work => ({ key, group, place, alarming, count: 1, text: key, to: '/' })

test('work stands in the order of the menu, what is late before everything else', () => {
  const groups = groupWork([
    work('norms', 'lists', 35),
    work('reports', 'hazards', 22),
    work('dossiers', 'enterprise', 38),
    work('expired', 'enterprise', 40, true),
    work('toReview', 'hazards', 20),
  ])
  expect(groups.map(({ key, works, alarms }) => [key, works.map((one) => one.key), alarms])).toEqual([
    ['enterprise', ['expired', 'dossiers'], 1],
    ['hazards', ['toReview', 'reports'], 0],
    ['lists', ['norms'], 0],
  ])
})

test('nothing that waits is lost or told twice', () => {
  const all = Array.from({ length: 20 }, (_, n) => work(`w${n}`, `g${n % 4}`, n, n % 7 === 0))
  const told = groupWork(all).flatMap(({ works }) => works.map(({ key }) => key))
  expect(told.toSorted()).toEqual(all.map(({ key }) => key).toSorted())
})
