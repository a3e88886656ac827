import { datumOf, dataOfThing, type ThingClass } from '../../datum.js'
import type { Scope } from '../../scope.js'
import fc from 'fast-check'
import type { Row, Value, World } from './world.js'

/** Which data of a thing an answer is to show, and of what it leads to. */
export interface Shown {
  fields: string[]
  links: Record<string, Shown>
}

export const shownOf = (target: ThingClass, depth = 0): fc.Arbitrary<Shown> => {
  const data = dataOfThing(target).filter((datum) => datum.shown && !datum.personal)
  const plain = data.filter(({ kind }) => !['link', 'lookup', 'many', 'derived'].includes(kind)).map(({ name }) => name)
  const links = depth < 2 ? data.filter(({ kind }) => kind === 'link' || kind === 'lookup').map(({ name }) => name) : []
  const fields = fc.uniqueArray(fc.constantFrom(...plain), { minLength: 1, maxLength: 3 })
  const chosen = links.length ? fc.uniqueArray(fc.constantFrom(...links), { maxLength: 2 }) : fc.constant<string[]>([])
  return fc.tuple(fields, chosen).chain(([names, relations]) =>
    fc.tuple(...relations.map((name) => shownOf(datumOf(target, name)!.target!(), depth + 1))).map((inner) => ({
      fields: ['id', ...names.filter((name) => name !== 'id')],
      links: Object.fromEntries(relations.map((name, i) => [name, inner[i]!])),
    })),
  )
}

export const textOf = ({ fields, links }: Shown): string =>
  `{ ${[...fields, ...Object.entries(links).map(([name, inner]) => `${name} ${textOf(inner)}`)].join(' ')} }`

export interface Told {
  [name: string]: Value | Told
}
export function toldOf(world: World, target: ThingClass, row: Row, shown: Shown, scope: Scope): Told {
  const links = Object.entries(shown.links).map(([name, inner]): [string, Told | null] => {
    const datum = datumOf(target, name)!
    const other = world.one(datum, row, scope)
    return [name, other && toldOf(world, datum.target!(), other, inner, scope)]
  })
  return { ...Object.fromEntries(shown.fields.map((name) => [name, row[name]!])), ...Object.fromEntries(links) }
}
