/** A piece of SQL with its bound values, in the order of its question marks. */
export interface Sql {
  sql: string
  params: unknown[]
}

export const TRUE: Sql = { sql: '1 = 1', params: [] }
export const FALSE: Sql = { sql: '1 = 0', params: [] }

/** Text of our own making: a column, a keyword. Never what somebody typed. */
export const raw = (text: string): Sql => ({ sql: text, params: [] })

/** Puts pieces together; whatever is no piece of SQL is bound as a value. */
export function sql(texts: TemplateStringsArray, ...parts: unknown[]): Sql {
  let text = texts[0]!
  const params: unknown[] = []
  parts.forEach((part, i) => {
    if (isSql(part)) {
      text += part.sql
      params.push(...part.params)
    } else {
      text += '?'
      params.push(part)
    }
    text += texts[i + 1]!
  })
  return { sql: text, params }
}
const isSql = (part: unknown): part is Sql => typeof part === 'object' && part !== null && 'sql' in part && 'params' in part

export const joined = (parts: readonly Sql[], by: string): Sql => ({
  sql: parts.map((part) => part.sql).join(by),
  params: parts.flatMap((part) => part.params),
})

export const both = (...parts: Sql[]): Sql => grouped(parts, ' and ', TRUE)
export const either = (...parts: Sql[]): Sql => (parts.includes(TRUE) ? TRUE : grouped(parts, ' or ', FALSE))

const CHAIN = 64

/** In brackets as a whole and in every part, so that it can stand anywhere. */
function grouped(parts: Sql[], by: string, none: Sql): Sql {
  const real = parts.filter((part) => part !== none)
  if (!real.length) return none
  // SQLite takes an expression only so deep, and a long chain is as deep as it is long.
  if (real.length > CHAIN)
    return grouped(
      [0, 1].map((half) => grouped(real.slice(half ? real.length >> 1 : 0, half ? undefined : real.length >> 1), by, none)),
      by,
      none,
    )
  const inner = real.map((part) => `(${part.sql})`).join(by)
  return { sql: real.length > 1 ? `(${inner})` : inner, params: real.flatMap((part) => part.params) }
}

export const escapeLike = (text: string) => text.replace(/[\\%_]/g, (char) => `\\${char}`)
