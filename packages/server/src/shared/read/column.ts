import { type Datum, datumOf, type ThingClass } from '../datum.js'

const snakes = new Map<string, string>()
function snake(name: string): string {
  let known = snakes.get(name)
  if (!known) snakes.set(name, (known = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)))
  return known
}

/** The column a datum is kept in. */
export const columnOf = (datum: Pick<Datum, 'name' | 'kind'>): string => (datum.kind === 'link' ? `${snake(datum.name)}_id` : snake(datum.name))

export const columnNamed = (target: ThingClass, name: string): string => columnOf(datumOf(target, name)!)

/** How the rows of a link or lookup meet: the condition between a row here and a row there. */
export function meeting(target: ThingClass, datum: Datum, here: string, there: string): string {
  if (datum.kind !== 'lookup') return `${there}.id = ${here}.${columnOf(datum)}`
  const { name, to, length } = datum.by!
  const code = `${here}.${columnNamed(target, name)}`
  return `${there}.${columnNamed(datum.target!(), to)} = ${length ? `substr(${code}, 1, ${length})` : code}`
}

/** How the rows of a to-many relation meet: `there` is a row that points at `here`. */
export const meetingMany = (datum: Datum, here: string, there: string): string => {
  const child = datum.target!()
  return meeting(child, datumOf(child, datum.from!)!, there, here)
}
