import type { FastifyServerOptions } from 'fastify'

/**
 * What a log line may say of a fault: lines go to files and collectors that know no scopes. Chinese words, quoted values, long
 * numbers and what looks like a token are blotted out: names, phones, addresses and passes never get there.
 */
export const scrub = (text: string): string =>
  text
    .replace(/(?<![A-Za-z])'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|=\([^)]*\)/g, '…')
    .replace(/\S+@\S+/g, '…')
    .replace(/[\p{Script=Han}、，。：；（）“”]+/gu, '…')
    .replace(/\d[\d -]{4,}\d|\d{5,}/g, '#')
    .replace(/[A-Za-z0-9_-]{24,}/g, '…')

export interface PlainError {
  type: string
  code?: string
  message: string
  stack: string[]
  cause?: PlainError
}

export function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)), stack: [] }
  const { code, cause, name, message, stack = '' } = error as Error & { code?: unknown }
  return {
    type: name,
    ...(typeof code === 'string' ? { code } : {}),
    message: scrub(message),
    // Only the places: the first lines of a stack are the message again.
    stack: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim()),
    ...(cause && depth < 3 ? { cause: plainError(cause, depth + 1) } : {}),
  }
}

interface Asked {
  method: string
  routeOptions?: { url?: string | undefined }
}

/** What a caller hands to the log, with the words of faults and of people blotted out; a fault without words has its own. */
function plain([first, ...rest]: unknown[]): unknown[] {
  const said = (value: unknown) => (typeof value === 'string' ? scrub(value) : value)
  if (first instanceof Error) return [{ err: first }, ...(rest.length ? rest.map(said) : [scrub(first.message)])]
  const err = (first as { err?: unknown } | null)?.err
  return !rest.length && err instanceof Error ? [first, scrub(err.message)] : [said(first), ...rest.map(said)]
}

/** One line of JSON for each thing worth telling; a request is its route, never its address with what people typed. */
export const plainLog = (level: string): FastifyServerOptions['logger'] => ({
  level: process.env['NODE_ENV'] === 'test' ? 'silent' : level,
  base: { pid: process.pid },
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  serializers: {
    req: (request: Asked) => ({ method: request.method, route: request.routeOptions?.url ?? '—' }),
    res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
    err: plainError as never,
  },
  hooks: {
    logMethod(given, log) {
      log.apply(this, plain(given) as never)
    },
  },
})
