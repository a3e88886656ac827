import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Refusal } from '../shared/refusal.js'
import { checkCharacter, checkUscc, isUscc, normaliseUscc } from './uscc.js'

const refusal = (text: string): Refusal => {
  try {
    checkUscc(text)
  } catch (error) {
    return error as Refusal
  }
  throw new Error(`${text} was accepted`)
}

describe('a unified social credit code', () => {
  test.each([
    ['91350100M000100Y43', 'the worked example of the standard'],
    ['91350524DEM000014Y', 'an enterprise'],
    ['92350524DEM000030H', 'an individual business'],
    ['93350524DEM000049B', 'a cooperative'],
    ['52350524DEM000057D', 'a private non-enterprise unit'],
    ['12350524DEM00009XR', 'a public institution'],
    ['91350524DEM0001295', 'another enterprise'],
    ['91350524DEM0001370', 'a sum that leaves nothing over, so that the check is 0'],
  ])('%s is right: %s', (code) => expect(checkUscc(code)).toBe(code))

  test('is read whatever the width, case and spacing it was typed in', () => {
    expect(checkUscc('  91350524dem000014y ')).toBe('91350524DEM000014Y')
    expect(checkUscc('９１３５０５２４ＤＥＭ０００１３７０')).toBe('91350524DEM0001370')
    expect(checkUscc('91350524-DEM000014-Y')).toBe('91350524DEM000014Y')
    expect(normaliseUscc('91350524 DEM0\n00014Y')).toBe('91350524DEM000014Y')
  })

  test('with one wrong digit is refused, naming the check character expected', () => {
    expect(refusal('91350524DEM000015Y').message).toContain(`最后一位应为“${checkCharacter('91350524DEM000015')}”，现为“Y”`)
  })
  test('with two digits swapped is refused', () => expect(isUscc('91350524DEM000041Y')).toBe(false))

  test('with a letter that the standard does not use is refused by place, and the likely digit is suggested', () => {
    const { message, params } = refusal('91350524DEMO00014Y')
    expect(message).toContain('第 12 位“O”')
    expect(params).toMatchObject({ field: 'uscc', suggestion: '91350524DEM000014Y' })
  })
  test('is told from the old registration and organisation numbers', () => {
    expect(refusal('350524100012345').message).toContain('15 位的旧工商注册号')
    expect(refusal('M000100Y4').message).toContain('9 位的旧组织机构代码')
    expect(refusal('91350524DEM').message).toContain('有 11 位')
  })

  test('never survives the change of a single character', () => {
    const symbols = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
    const subject = fc.array(fc.constantFrom(...symbols), { minLength: 9, maxLength: 9 }).map((s) => `91350524${s.join('')}`)
    fc.assert(
      fc.property(subject, fc.integer({ min: 8, max: 16 }), fc.constantFrom(...symbols), (first17, at, other) => {
        fc.pre(first17[at] !== other)
        const code = first17 + checkCharacter(first17)
        return isUscc(code) && !isUscc(code.slice(0, at) + other + code.slice(at + 1))
      }),
    )
  })
})
