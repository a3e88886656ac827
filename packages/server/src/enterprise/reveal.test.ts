import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

describe('full phones and names', () => {
  const REVEAL = 'mutation ($id: ID!) { enterpriseReveal(id: $id) { phone legalRep principal safetyOfficer } }'
  const seen = (id: string) => town.store.reader.all("select actor, diff, reason from change where act = 'enterpriseReveal' and record = ?", [id])
  test('are shown to those whose enterprise it is, and each time it is written down who looked', async () => {
    const inn = town.enterprises['inn']!
    for (const who of ['town', 'market'])
      expect((await town.get<{ enterpriseReveal: object }>(who, REVEAL, { id: inn })).enterpriseReveal).toEqual({
        phone: '13800000001',
        legalRep: 'inn甲',
        principal: 'inn乙',
        safetyOfficer: 'inn丙',
      })
    expect(await town.code('ent.tea', REVEAL, { id: town.enterprises['tea'] })).toBeUndefined()
    const logged = await seen(inn)
    expect(logged).toHaveLength(2)
    expect(logged.every(({ diff }) => diff === '{}')).toBe(true)
    expect(JSON.stringify(await town.store.reader.all('select * from change'))).not.toMatch(/1380000000\d|inn甲/)
  })

  test('are not shown to the county, the admin, a workshop, a foreign village or station, nor written down then', async () => {
    const far = town.enterprises['far']!
    for (const who of ['county', 'admin', 'workshop.tea']) expect(await town.code(who, REVEAL, { id: far })).toBe('FORBIDDEN')
    for (const who of ['town', 'industry', 'village', 'ent.tea']) expect(await town.code(who, REVEAL, { id: far })).toBe('NOT_FOUND')
    expect(await seen(far)).toHaveLength(0)
  })
})
