import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breakLines, pieces } from './lineBreak.js'

/** Every Chinese letter and mark is one wide, every Latin letter a half. */
const measure = (text: string) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! < 0x2000 ? 0.5 : 1), 0)
const broken = (text: string, width: number) => breakLines(text, width, measure)

test('no line begins with a closing mark: the letter before it comes along', () => {
  expect(broken('请你单位于月底前完成。', 10)).toEqual(['请你单位于月底前完', '成。'])
  expect(broken('安全生产标准化基本规范》（试行）', 11)).toEqual(['安全生产标准化基本规', '范》（试行）'])
})

test('no line ends with an opening mark', () => {
  expect(broken('请你单位按照《企业安全', 7)).toEqual(['请你单位按照', '《企业安全'])
})

test('figures and Latin words stay whole, and standards with their year', () => {
  expect(broken('依据 GB/T 33000-2016 标准', 7)).toEqual(['依据 GB/T ', '33000-2016 标', '准'])
  expect(broken('共计141911条', 4)).toEqual(['共计', '141911条'])
})

test('a date left blank is not torn', () => {
  expect(broken('于　　　年　　月　　日前完成', 10)).toEqual(['于', '　　　年　　月　　日', '前完成'])
})

test('a word wider than the line is torn rather than lost', () => {
  expect(broken('ABCDEFGHIJ', 2)).toEqual(['ABCD', 'EFGH', 'IJ'])
})

test('an empty line stays a line', () => {
  expect(broken('甲\n\n乙', 5)).toEqual(['甲', '', '乙'])
})

const ODD = fc.string({ unit: fc.constantFrom(...'安全生产，。；：、）》”（《“AB12 -—…\u3000年月日😀') as fc.Arbitrary<string>, maxLength: 80 })

test('whatever the text, nothing is lost, no line is too wide, and marks stand where they may', () => {
  fc.assert(
    fc.property(ODD, fc.integer({ min: 12, max: 40 }), (text, width) => {
      const lines = broken(text, width)
      expect(lines.join('')).toBe(text)
      for (const line of lines) expect(measure(line.trimEnd())).toBeLessThanOrEqual(width)
      const longest = Math.max(0, ...pieces(text).map(measure))
      if (longest > width) return
      for (const line of lines.slice(1)) expect('，。；：、）》”').not.toContain(line[0] ?? '?')
      for (const line of lines.slice(0, -1)) expect('（《“').not.toContain(line.at(-1) ?? '?')
    }),
    { numRuns: 500 },
  )
})
