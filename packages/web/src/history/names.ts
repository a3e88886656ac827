import words from '../i18n/zh/history'

/** The kinds of records and the acts that the log can be searched for: those that have words. */
export const THINGS = Object.keys(words.things) as (keyof typeof words.things)[]
export const ACTS = Object.keys(words.act) as (keyof typeof words.act)[]
