/** One kind of work that waits: a card of the first page. */
export interface Work {
  key: string
  count: number
  /** Words of it and of what is to be done. */
  text: string
  hint?: string
  to: string
  alarming: boolean
  /** The menu group of the page where it is done, and that page's place in the menu. */
  group: string
  place: number
}
export interface WorkGroup {
  key: string
  works: Work[]
  /** Kinds of work that burn. */
  alarms: number
}

/** By the menu's groups, in the menu's order; what burns stands first, of the groups and within each. */
export function groupWork(works: readonly Work[]): WorkGroup[] {
  const groups = new Map<string, Work[]>()
  for (const work of [...works].sort((a, b) => a.place - b.place)) groups.set(work.group, [...(groups.get(work.group) ?? []), work])
  return [...groups]
    .map(([key, of]) => ({ key, works: lateFirst(of, ({ alarming }) => alarming), alarms: of.filter(({ alarming }) => alarming).length }))
    .sort((a, b) => Number(b.alarms > 0) - Number(a.alarms > 0))
}

const lateFirst = <T>(all: readonly T[], late: (one: T) => boolean): T[] => [...all.filter(late), ...all.filter((one) => !late(one))]
