import { half, INVISIBLE } from '../shared/sameKey.js'

const CJK = '\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef'
const BETWEEN_CJK = new RegExp(`(?<=[${CJK}])\\s+|\\s+(?=[${CJK}])`, 'g')
/** Nothing to tidy: by far the most cells. */
const PLAIN = /^[^\s\p{Cc}\p{Cf}]+$/u

/** A sentence as it was written: its line breaks stay, what cannot be seen goes. */
export const sentence = (text: string): string => (PLAIN.test(text) ? text : tidied(text))
const tidied = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/[\s\u3000]+/g, ' ').trim())
    .filter(Boolean)
    .join('\n')

/** A name in one line: a Chinese name broken by the width of its cell is put together again. */
export const oneLine = (text: string): string => (PLAIN.test(text) ? text : flattened(text))
const flattened = (text: string): string => sentence(text).replace(/\n/g, ' ').replace(BETWEEN_CJK, '')

/** What an office writes into a cell that it has nothing to say in. */
export const saysNothing = (text: string): boolean =>
  text.length < 12 && /^([-—–_/\\.·、*]+|无|空|暂无|没有|未填|不详|未知|n\/?a|null|none)$/i.test(half(text).replace(/\s/g, ''))

export const isSameAsAbove = (text: string): boolean => text.length < 5 && /^(同上|〃|"|''|″|同前)$/.test(half(text))

/** A name or text beside others that must be kept short enough for its column. */
export const short = (text: string, most = 30): string => (text.length > most ? `${text.slice(0, most)}…` : text)
