import type { LocationQuery } from 'vue-router'

/** One value is a string, several values or a range of days are a list: what an address can carry. */
export type Filter = Record<string, string | string[]>

export function readFilter<F extends Filter>(empty: F, query: LocationQuery): F {
  const read = Object.entries(empty).map(([key, none]) => {
    const given = [query[key] ?? []].flat().filter((value): value is string => !!value)
    return [key, Array.isArray(none) ? given : (given[0] ?? '')]
  })
  return Object.fromEntries(read) as F
}

/** Only what differs from the empty form enters the address. An emptied date range comes from its control as null. */
export function writeFilter<F extends Filter>(empty: F, filter: F): LocationQuery {
  const written = Object.keys(empty)
    .map((key) => [key, filter[key] ?? ''] as const)
    .filter(([, value]) => value.length > 0)
  return Object.fromEntries(written)
}
