import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shifted } from './copy.js'
import { readDocumentNumber } from './documentNumber.js'

test.each([
  ['金政﹝2023﹞6号', '金政〔2023〕6号'],
  ['金政[2023]第06号', '金政〔2023〕6号'],
  ['金政【2023】6号', '金政〔2023〕6号'],
  ['金政（2023）６号', '金政〔2023〕6号'],
  ['金政(2023) 6 号', '金政〔2023〕6号'],
  ['金政〔２０２３〕6', '金政〔2023〕6号'],
  ['泉安委［2021］18号', '泉安委〔2021〕18号'],
])('%s is written %s', (typed, written) => {
  expect(readDocumentNumber(typed)).toBe(written)
})

test.each(['金政2023-6', '〔2023〕6号', '金政〔23〕6号', '金政〔2023〕0号', '金政〔2023〕六号', '金政〔1203〕6号', '金政〔2023〕6号附件'])(
  'what cannot be read as a document number is refused by the name of its field: %s',
  (typed) => {
    expect(() => readDocumentNumber(typed)).toThrow(expect.objectContaining({ code: 'DOCUMENT_NUMBER', params: { field: 'number' } }))
  },
)

test('a number that was put right stays as it is', () => {
  const some = fc.tuple(fc.constantFrom('金政', '安生委', '泉安办'), fc.integer({ min: 1949, max: 2199 }), fc.integer({ min: 1, max: 99999 }))
  const brackets = fc.constantFrom('﹝﹞', '[]', '【】', '（）', '()', '〔〕')
  fc.assert(
    fc.property(some, brackets, fc.integer({ min: 0, max: 3 }), ([sign, year, serial], [open, close], zeros) => {
      const written = readDocumentNumber(`${sign}${open}${year}${close}${'0'.repeat(zeros)}${serial}号`)
      expect(written).toBe(`${sign}〔${year}〕${serial}号`)
      expect(readDocumentNumber(written)).toBe(written)
    }),
  )
})

test('days are shifted by years; the last of February stays the last', () => {
  expect(shifted('2026-02-28', 1)).toBe('2027-02-28')
  expect(shifted('2027-02-28', 1)).toBe('2028-02-29')
  expect(shifted('2028-02-29', 1)).toBe('2029-02-28')
  expect(shifted('2026-10-31', -1)).toBe('2025-10-31')
})
