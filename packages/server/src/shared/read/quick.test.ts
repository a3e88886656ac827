import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTown, type Town } from '../../testing/town.js'
import { removeStores } from '../../testing/store.js'
let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(async () => {
  await town.close()
  await removeStores()
})
test.each([
  `{ hazards { totalCount nodes { number village { name } town { name } enterprise { name hazards(first: 2) { totalCount nodes { number } aggregate { count } } } } } }`,
  `{ hazards { aggregate { count countDistinct { enterprise stage } sum { costFen } avg { costFen } min { foundOn } max { foundOn registeredAt } figures { found closed open overdue rectificationRate onTimeRate averageDays medianDays } } } }`,
  `{ hazards { groups(orderBy: [{by: "count", dir: DESC}], having: {count: {gte: 1}}) { truncated nodes { key { stage m: foundOn(by: MONTH) w: registeredAt(by: WEEK) q: foundOn(by: QUARTER) enterprise { name village { name } } } count share figures { found onTimeRate medianDays } nodes(first: 2) { number } } } } }`,
  `{ hazards { groups(fill: true) { nodes { key { foundOn(by: DAY) } count } } distinctValues(field: stage) { values { value count } truncated } } }`,
  `{ enterprises(where: {hazards: {some: {stage: {ne: DRAFT}}, aggregate: {count: {gte: 1}}}}, orderBy: [{hazards: {count: true}, dir: DESC}, {village: {field: name}}]) { nodes { name hazards(orderBy: [{field: foundOn}], first: 5) { nodes { number } groups(limit: 5) { nodes { key { stage } count nodes { number } } } } } pageInfo { endCursor } } }`,
  `{ hazards(asOf: "2026-02-01T00:00:00.000Z") { totalCount nodes { number stage enterprise { name } } groups { nodes { key { stage phase: foundOn(by: PHASE) h: registeredAt(by: HOUR) wd: foundOn(by: WEEKDAY) y: foundOn(by: YEAR) } count } } } }`,
  `{ enterprises(where: {village: {name: {contains: "金"}}, not: {hazards: {every: {severity: {eq: MAJOR}}}}}) { totalCount } hazards(where: {enterprise: {name: {contains: "茶"}}, town: {name: {eq: "金谷镇"}}}) { totalCount } stationsConnection { nodes { name hazards { totalCount } enterprises { totalCount } } } }`,
])('%s', async (query) => {
  const answer = await town.ask('town', query)
  expect(answer.errors).toBeUndefined()
})
