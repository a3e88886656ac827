const CJK = '\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef'
const BETWEEN_CJK = new RegExp(`(?<=[${CJK}])\\s+|\\s+(?=[${CJK}])`, 'g')
/* eslint-disable-next-line no-misleading-character-class -- zero-width characters one by one, as pasted from web pages */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g

/** A sentence as it was written: its line breaks stay, what cannot be seen goes. */
export const sentence = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/[\s\u3000]+/g, ' ').trim())
    .filter(Boolean)
    .join('\n')

/** A name in one line: a Chinese name broken by the width of its cell is put together again. */
export const oneLine = (text: string): string => sentence(text).replace(/\n/g, ' ').replace(BETWEEN_CJK, '')

/** Full-width figures, letters and signs as the keyboard's own. */
export const half = (text: string): string => text.normalize('NFKC').replace(INVISIBLE, '').trim()

/** What two spellings of the same thing have in common: width, case, blanks and brackets do not count. */
export const sameKey = (text: string): string =>
  half(text)
    .toLowerCase()
    .replace(/[\s()（）〔〕[\]【】「」《》<>"'“”‘’·•.,，。、;；:：\-—_*★]/g, '')

/** What an office writes into a cell that it has nothing to say in. */
export const saysNothing = (text: string): boolean => /^([-—–_/\\.·、*]+|无|空|暂无|没有|未填|不详|未知|n\/?a|null|none)$/i.test(half(text).replace(/\s/g, ''))

export const isSameAsAbove = (text: string): boolean => /^(同上|〃|"|''|″|同前)$/.test(half(text))

/** A name or text beside others that must be kept short enough for its column. */
export const short = (text: string, most = 30): string => (text.length > most ? `${text.slice(0, most)}…` : text)
