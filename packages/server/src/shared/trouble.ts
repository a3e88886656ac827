import { Refusal } from './refusal.js'

const FULL = /^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG|53100)$/
const BUSY = /^(SQLITE_BUSY(_\w+)?|SQLITE_LOCKED(_\w+)?|55P03)$/

/** What is nobody's mistake and passes: the disk is full, somebody else holds the store. In the user's words; undefined for everything else. */
export function trouble(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return undefined // told already
  const codes = codesOf(error)
  const refusal = codes.some((code) => FULL.test(code))
    ? new Refusal('DISK_FULL', '服务器磁盘已满，这次没有保存；请联系管理员腾出空间后再试')
    : codes.some((code) => BUSY.test(code))
      ? new Refusal('DATABASE_BUSY', '数据库正被其他程序占用，这次没有保存；请稍后再试，一直这样请联系管理员')
      : undefined
  return refusal && Object.assign(refusal, { cause: error })
}

export const isBusy = (error: unknown): boolean => codesOf(error).some((code) => BUSY.test(code))

function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 3) return []
  const { code, cause, previous } = error as Error & { code?: unknown; previous?: unknown }
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(cause, depth + 1), ...codesOf(previous, depth + 1)]
}
