import { Refusal } from './refusal.js'

/** Control characters, except tab and line breaks, and halves of a surrogate pair: one engine keeps them, the other cannot. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u
const EVERY_UNWRITABLE = new RegExp(UNWRITABLE, 'gu')

export const withoutUnwritable = (text: string): string => (UNWRITABLE.test(text) ? text.replace(EVERY_UNWRITABLE, '') : text)

/** Refuses an input with anything unwritable in it, however deep; `field` is the nearest place that has a name. */
export function needWritable(input: unknown): void {
  const left: [value: unknown, field: string | undefined][] = [[input, undefined]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [value, field] = next
    if (typeof value === 'string') {
      if (UNWRITABLE.test(value)) throw new Refusal('UNWRITABLE', '内容里有看不见的控制字符，请删去后重新填写', field ? { field } : {})
    } else if (Array.isArray(value)) for (const one of value) left.push([one, field])
    else if (value !== null && typeof value === 'object') for (const [name, one] of Object.entries(value)) left.push([one, name])
  }
}
