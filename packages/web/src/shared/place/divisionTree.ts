import type { Division, Level } from './usePlaces'

// A type and not an interface: only that is taken as an option of the cascader.
export type Branch = {
  code: string
  name: string
  disabled: boolean
  children?: Branch[]
}
type Place = Pick<Division, 'code' | 'name' | 'level' | 'parent' | 'validTo'>

/**
 * The divisions as a tree to choose from. It begins where there is a choice: a town office does not open province, city
 * and county to come to its villages.
 */
export function divisionTree(divisions: readonly Place[], levels: readonly Level[]): Branch[] {
  const live = divisions.filter(({ validTo }) => !validTo)
  const below = (parent: string | null): Place[] => live.filter((place) => (place.parent ?? null) === parent)
  const deepest = Math.max(...levels.map((level) => ORDER.indexOf(level)))

  const branch = (place: Place): Branch => {
    const children = ORDER.indexOf(place.level) < deepest ? below(place.code).map(branch) : []
    const chosen = levels.includes(place.level)
    return { code: place.code, name: place.name, disabled: !chosen && !children.length, ...(children.length ? { children } : {}) }
  }
  const begin = (places: Place[]): Place[] => {
    const [only, ...others] = places
    return only && !others.length && !levels.includes(only.level) ? begin(below(only.code)) : places
  }
  return begin(below(null)).map(branch)
}

const ORDER: readonly Level[] = ['PROVINCE', 'CITY', 'COUNTY', 'TOWN', 'VILLAGE']
