export const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g

/** Full-width figures, letters and signs as the keyboard's own. */
export const half = (text: string): string => (/^[\x21-\x7e]*$/.test(text) ? text : text.normalize('NFKC').replace(INVISIBLE, '').trim())

/** What two spellings of the same thing have in common: width, case, blanks, brackets and punctuation do not count. */
export const sameKey = (text: string): string =>
  half(text)
    .toLowerCase()
    .replace(/[\s()（）〔〕[\]【】「」《》<>"'“”‘’·•.,，。、;；:：\-—_*★]/g, '')
