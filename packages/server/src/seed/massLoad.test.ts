import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../config.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { isUscc } from '../enterprise/uscc.js'
import { Hazard } from '../hazard/hazard.entity.js'
import { HazardStage, isOpen } from '../hazard/terms.js'
import { hashPassword } from '../person/password.js'
import { linkedId } from '../shared/datum.js'
import { dayOf, daysBetween } from '../shared/days.js'
import { verifyLog } from '../shared/verify.js'
import { openStore, type Store } from '../store.js'
import { emptyStore, removeStores } from '../testing/store.js'
import { demoUscc } from './enterprises.js'
import { MassLoad } from './massLoad.js'
import { prepareTown } from './prepareTown.js'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 })
const NOW = new Date('2026-11-24T07:20:00.000Z')
const HAZARDS = 1_800
let store: Store
let hazards: Hazard[]
let enterprises: Enterprise[]

beforeAll(async () => {
  const config = readConfig({ ...(await emptyStore()), SEED: 'empty', DEMO_PASSWORD: 'jingu-2026' })
  store = await openStore(config)
  await prepareTown(store, config, NOW)
  const load = (enterprises: number, hazards: number) => new MassLoad(store, config, { enterprises, hazards, years: 2 }, NOW, () => undefined)
  const passwordHash = await hashPassword('jingu-2026')
  await load(150, 0).run(passwordHash)
  await load(50, HAZARDS).run(passwordHash)
  const em = store.em({ division: '' })
  hazards = await em.find(Hazard, {})
  enterprises = await em.find(Enterprise, {})
})
afterAll(async () => {
  await store.close()
  await removeStores()
})

test('so many enterprises and hazards are added as were asked for, one load after the other', () => {
  expect(enterprises).toHaveLength(200)
  expect(hazards).toHaveLength(HAZARDS)
  expect(new Set(hazards.map((hazard) => hazard.number)).size).toBe(HAZARDS)
  expect(enterprises.every(({ uscc }) => !uscc || isUscc(uscc))).toBe(true)
})

test('they spread over the years, most are closed and some are still under way', () => {
  const ages = hazards.map((hazard) => daysBetween(hazard.foundOn, dayOf(NOW)))
  expect(Math.max(...ages)).toBeGreaterThan(720)
  expect(Math.min(...ages)).toBe(1)
  const closed = hazards.filter((hazard) => hazard.stage === HazardStage.CLOSED).length
  expect(closed / HAZARDS).toBeGreaterThan(0.88)
  expect(hazards.filter((hazard) => isOpen(hazard.stage)).length).toBeGreaterThan(2)
})

test('each left its history in a log that is whole', async () => {
  expect((await verifyLog(store.reader, () => undefined)).broken).toBeUndefined()
  const told = new Map(
    (await store.reader.all("select record, count(*) as n, max(seq) as last from change where thing = 'Hazard' group by record")).map((row) => [
      row['record'],
      Number(row['n']),
    ]),
  )
  expect(hazards.filter((hazard) => told.get(hazard.id) !== hazard.version)).toEqual([])
})

test('a hazard stands where its enterprise stands, and its fixer never verified it', () => {
  const at = new Map(enterprises.map((one) => [one.id, one]))
  for (const hazard of hazards) {
    const { division, station } = at.get(linkedId(hazard.enterprise)!)!
    expect([hazard.division, hazard.station ?? null]).toEqual([division, station ?? null])
    for (const reviewer of [hazard.firstReviewer, hazard.secondReviewer]) if (reviewer) expect(hazard.fixedBy(reviewer)).toBe(false)
  }
})

test('fictional credit codes are valid, and each is given once', () => {
  const codes = Array.from({ length: 2_000 }, (_, i) => demoUscc('91', i * 37 + 1))
  expect(codes.every(isUscc)).toBe(true)
  expect(new Set(codes).size).toBe(codes.length)
  expect(demoUscc('91', 1)).toBe('91350524DEM000014Y')
})
