import { isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeStores } from '../testing/store.js'
import { type Answer, openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

describe('a board, which hangs where everybody looks,', () => {
  const asBoard = async (query: string) => {
    const token = (
      await town.get<{ boardLinkCreate: { url: string } }>(
        'town',
        'mutation { boardLinkCreate(name: "会议室", division: "350524106", expiresOn: "2026-04-01") { url } }',
      )
    ).boardLinkCreate.url.replace('/board/', '')
    return (
      await town.app.fastify.inject({ method: 'POST', url: '/graphql', headers: { authorization: `Bearer ${token}` }, payload: { query } })
    ).json<Answer>()
  }

  test('is nobody in person: it has no account to read or change', async () => {
    for (const query of [
      '{ viewer { id } }',
      '{ sessions { id } }',
      'mutation { passwordChange(current: "a", next: "b") { id } }',
      '{ enterprises { nodes { legalRep } } }',
      '{ hazards { totalCount } }',
      'mutation { signOut }',
    ])
      expect((await asBoard(query)).errors?.[0]?.extensions.code, query).toBe('FORBIDDEN')
  })

  test('is given no name and no phone, not even masked, whatever hands it a record', () => {
    const row = {
      name: '样本甲',
      legalRep: '样本甲',
      principal: '样本乙',
      safetyOfficer: '样本丙',
      phone: '13800000001',
      rectifierName: '样本丁',
      finderName: '样本戊',
      reviewerNames: '样本己',
    }
    const told = (thing: string, field: string, role: string) => {
      const type = town.app.door.schema.getType(thing)
      if (!isObjectType(type)) throw new Error(thing)
      return (type.getFields()[field]!.resolve as (row: object, args: object, context: object, info: object) => unknown)(
        row,
        {},
        { actor: { role } },
        { fieldName: field },
      )
    }
    const personal = [
      ...['legalRep', 'principal', 'safetyOfficer', 'phoneMasked'].map((field) => ['Enterprise', field]),
      ...['rectifierName', 'finderName', 'reviewerNames'].map((field) => ['Hazard', field]),
    ]
    for (const [thing, field] of personal) {
      expect(told(thing!, field!, 'BOARD'), `${thing}.${field}`).toBeNull()
      expect(told(thing!, field!, 'TOWN_OFFICE'), `${thing}.${field}`).toBeTruthy()
    }
  })
})
