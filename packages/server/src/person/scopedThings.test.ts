import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENTITIES } from '../entities.js'
import { allThings, dataOfThing } from '../shared/datum.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
beforeAll(async () => void (town = await openTown()))
afterAll(async () => {
  await town.close()
  await removeStores()
})

describe('every thing that stands somewhere says so', () => {
  /** Kept by its owner and nobody else's business, or shared by rules of its own (question.test.ts). */
  const OWN = ['ApiToken', 'LetterBatch', 'Question', 'QuestionResult']
  /** What stands nowhere: reference data that every signed-in person reads, and accounts, which only the admin lists. */
  const EVERYWHERE = [
    'Division',
    'Station',
    'Criterion',
    'Setting',
    'Phase',
    'Campaign',
    'CampaignTask',
    'Showcase',
    'Person',
    'Session',
    'WorkCalendar',
    'CalendarDay',
    'CardSession',
    'FiveSStandard',
    'FiveSDimension',
    'FiveSItem',
    'PostRequirement',
    'DossierRequirement',
    'ExportMapping',
    'AssessmentStandard',
    'StandardElement',
    'StandardLevel',
    'StandardVeto',
    'ElementMapping',
    'FrequencyTable',
    'FrequencyRule',
    'Norm',
    'CodeList',
    'CodeItem',
    'Template',
    'TemplateItem',
    'RiskPreset',
    'LetterBatch',
    // Who told: opened by one act of two roles, and stands in no list at all.
    'PublicContact',
    'ReminderRead',
    'ReminderChoice',
    'ReminderDigest',
    'StandIn',
    ...OWN,
  ]
  /** `insider` is never filled: what stands at an enterprise and is kept from it (a report, a score) is found by none of its accounts. */
  const COLUMNS = { division: ['division'], station: ['station'], enterprise: ['insider', 'enterprise', 'enterpriseId'], workshop: ['workshop'] } as const

  test('a thing with a column of place has that column in its scope', () => {
    for (const thing of allThings()) {
      if (EVERYWHERE.includes(thing.name)) continue
      expect(thing.scope, `${thing.name} has no scope`).toBeDefined()
      expect(thing.scope!.division, `${thing.name} stands in no division`).toBeDefined()
      const names = dataOfThing(thing.target).map(({ name }) => name)
      for (const [key, columns] of Object.entries(COLUMNS)) {
        const column = columns.find((name) => names.includes(name))
        if (column) expect(thing.scope, `${thing.name}.${column} is not in its scope`).toMatchObject({ [key]: column })
      }
    }
  })

  test('a table is a thing, or one of the few that nobody reads through the graph', () => {
    const things = new Set<unknown>(allThings().map(({ target }) => target))
    expect(ENTITIES.filter((entity) => !things.has(entity)).map(({ name }) => name)).toEqual([
      'Throttle',
      'ReleasedIdentity',
      'Job',
      'NormText',
      'NormGram',
      'QuestionPart',
      'Counter',
      'HazardByStage',
      'HazardByDay',
      'Secret',
      'Change',
      'ChainHead',
    ])
  })

  test('without a scope nothing of it can be read at all', async () => {
    const em = town.store.em(undefined)
    for (const { scope, target, name } of allThings()) if (scope) await expect(em.find(target as never, {}), name).rejects.toThrow('no scope')
  })
})
