import { words } from './words'

/** The server labels a datum in Chinese; in other languages its own name is read out: `dueOn` → `Due on`. */
export function fieldLabel(field: string, chinese: string): string {
  return words.global.locale.value === 'zh' ? chinese : spelled(field)
}

export function spelled(field: string): string {
  const said = field.replace(/[A-Z]+/g, (capitals) => ` ${capitals.toLowerCase()}`)
  return said.charAt(0).toUpperCase() + said.slice(1)
}
