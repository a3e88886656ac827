import { expect, test } from 'vitest'
import { checkCharacter, normaliseUscc } from './uscc'

test.each(['91350100M000100Y43', '91350524DEM000014Y', '92350524DEM000030H', '91350524DEM0001370'])('%s carries its own check character', (code) => {
  expect(checkCharacter(code.slice(0, 17))).toBe(code[17])
})

test('full-width, lower case and blanks are tidied before the check', () => {
  expect(normaliseUscc(' ９１350524dem000014y ')).toBe('91350524DEM000014Y')
})
