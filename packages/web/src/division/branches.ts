export interface Branch<Place> {
  code: string
  place: Place
  children: Branch<Place>[]
}

/** The divisions as they lie in each other; one whose parent is out of sight stands at the top. */
export function branches<Place extends { code: string; parent: string | null }>(places: readonly Place[]): Branch<Place>[] {
  const known = new Set(places.map(({ code }) => code))
  const below = (parent: string): Branch<Place>[] => places.filter((place) => place.parent === parent).map(branch)
  const branch = (place: Place): Branch<Place> => ({ code: place.code, place, children: below(place.code) })
  return places.filter(({ parent }) => !parent || !known.has(parent)).map(branch)
}
