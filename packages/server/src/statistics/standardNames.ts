import type { SignedIn } from '../shared/context.js'
import type { PlainRow } from '../shared/read/reader.js'
import type { Split, StandardRow } from './standardisation.js'

const HUES: Record<string, string> = { RED: '红色', ORANGE: '橙色', YELLOW: '黄色', BLUE: '蓝色', '': '未评级' }
const AT_ONCE = 500

/** The words for a row's key; a row without station or trade is a defect that is shown. */
export async function namesFor({ reader }: SignedIn, by: Split, rows: readonly StandardRow[]): Promise<(key: string) => string> {
  if (by === 'COLOR') return (key) => HUES[key] ?? key
  const names = new Map<string, string>()
  const take = (found: readonly PlainRow[]) => found.forEach(({ code, name }) => names.set(code as string, name as string))
  if (by === 'ENTERPRISE') {
    for (let i = 0; i < rows.length; i += AT_ONCE) {
      const ids = rows.slice(i, i + AT_ONCE).map(({ key }) => key)
      take(await reader.all(`select id as code, name from enterprise where id in (${ids.map(() => '?').join(', ')})`, ids))
    }
  } else if (by !== 'TRADE') take(await reader.all(`select code, name from ${by === 'STATION' ? 'station' : 'division'}`))
  return (key) => names.get(key) ?? (key || '未分配')
}
