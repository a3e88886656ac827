import { Refusal } from './refusal.js'

const FULL = /^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG|53100)$/
const BUSY = /^(SQLITE_BUSY(_\w+)?|SQLITE_LOCKED(_\w+)?)$/
/** PostgreSQL: somebody else's transaction was waited for long enough. */
const HELD = /^55P03$/
/** PostgreSQL is shutting down or starting, or its connection broke. */
const AWAY = /^(57P0[123]|08\d{3}|08P01)$/
/** What a connection says that never came about, or is no more. */
const CUT =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|[Cc]onnection (terminated|ended|error)|not queryable|timeout exceeded when trying to connect/

/** An error may lead back to itself. */
const DEEP = 3

/** What is nobody's mistake and passes: the disk is full, somebody else holds the store, the database is away. In the user's words; undefined for everything else. */
export function trouble(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return undefined // told already
  const codes = codesOf(error)
  const refusal = codes.some((code) => FULL.test(code))
    ? new Refusal('DISK_FULL', '服务器磁盘已满，这次没有保存；请联系管理员腾出空间后再试')
    : codes.some((code) => BUSY.test(code))
      ? new Refusal('DATABASE_BUSY', '数据库正被其他程序占用，这次没有保存；请稍后再试，一直这样请联系管理员')
      : codes.some((code) => HELD.test(code))
        ? new Refusal('DATABASE_BUSY', '数据库正忙，可能有人在导入很大的台账；这次没有保存，请稍后再试，一直这样请联系管理员')
        : codes.some((code) => AWAY.test(code)) || isCut(error)
          ? databaseAway()
          : undefined
  return refusal && Object.assign(refusal, { cause: error })
}

/** Whether the last act was committed before the connection broke, nobody knows: he is to look. */
const databaseAway = () => new Refusal('DATABASE_AWAY', '数据库暂时连不上；如果刚才在保存，请稍后刷新，看看是否已保存')

/** Nothing but the database is spoken to so: files (FILES_AWAY) and the county's sign-in have words of their own. */
function isCut(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > DEEP) return false
  const inner = error instanceof AggregateError ? error.errors.map(String).join(' ') : ''
  const { previous } = error as Error & { previous?: unknown }
  return CUT.test(`${(error as Error & { code?: unknown }).code} ${error.message} ${inner}`) || isCut(error.cause, depth + 1) || isCut(previous, depth + 1)
}

/** What is nobody's mistake in words, everything else as it is. */
export const cutOff = (error: unknown): unknown => trouble(error) ?? error

export const isBusy = (error: unknown): boolean => codesOf(error).some((code) => BUSY.test(code))

function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > DEEP) return []
  const { code, cause, previous } = error as Error & { code?: unknown; previous?: unknown }
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(cause, depth + 1), ...codesOf(previous, depth + 1)]
}
