/** Money is typed in yuan and kept in fen, as a whole number. */
export const YUAN = /^\d{1,8}(\.\d{1,2})?$/

export function fenOf(yuan: string): number | null {
  const typed = yuan.trim()
  if (!YUAN.test(typed)) return null
  const [whole = '0', part = ''] = typed.split('.')
  return Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

export const yuanOf = (fen: number | null | undefined) => (fen === null || fen === undefined ? '' : (fen / 100).toFixed(2).replace(/\.00$/, ''))
export const yuanText = (fen: number | null | undefined) =>
  fen === null || fen === undefined ? '' : (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })
