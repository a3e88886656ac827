import { computed, reactive, ref, type MaybeRefOrGetter, toValue } from 'vue'
import type { Refusal } from '../refusal'
import type { Sort } from '../useList'
import type { Listed } from './exportLink'

/** What a grid needs of a list; `useList` gives it for a list of the graph, `localList` for rows already in hand. */
export interface GridList<Row> {
  readonly rows: readonly Row[]
  readonly total?: number
  readonly loading: boolean
  readonly refreshing: boolean
  readonly refusal?: Refusal
  readonly sort?: Sort
  sortBy: (sort: Sort | undefined) => void
  reload: () => void
  /** What the rows are of the graph, for the file of all of them. */
  readonly listed?: Listed
  /** Absent when all rows are shown at once. */
  readonly pager?: Pager
}

export interface Pager {
  readonly onward: boolean
  readonly size: number
  readonly number: number
  readonly pages: number
  readonly hasNext: boolean
  readonly hasPrevious: boolean
  resize: (rows: number) => void
  first: () => void
  last: () => void
  next: () => void
  previous: () => void
  jump: (page: number) => void
}

/** Rows in hand, sorted here by the value that `by` names for a column. */
export function localList<Row>(
  rows: MaybeRefOrGetter<readonly Row[] | undefined>,
  by: (row: Row, key: string) => string | number | null | undefined = () => undefined,
  reload: () => void = () => undefined,
): GridList<Row> {
  const sort = ref<Sort>()
  const sorted = computed(() => {
    const all = [...(toValue(rows) ?? [])]
    const order = sort.value
    if (!order) return all
    const sign = order.descending ? -1 : 1
    return all.sort((a, b) => sign * compare(by(a, order.key), by(b, order.key)))
  })
  return reactive({
    rows: sorted,
    total: computed(() => sorted.value.length),
    loading: computed(() => toValue(rows) === undefined),
    refreshing: false,
    sort,
    sortBy: (next: Sort | undefined) => (sort.value = next),
    reload,
  }) as GridList<Row>
}

function compare(a: string | number | null | undefined, b: string | number | null | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a ?? '').localeCompare(String(b ?? ''), 'zh-CN')
}
