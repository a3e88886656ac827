import type { AnyVariables, TypedDocumentNode } from '@urql/vue'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import { listedIn } from './grid/exportLink'
import { readFilter, writeFilter, type Filter } from './listLocation'
import { remember, remembered } from './preferences'
import { usePage } from './usePage'

export interface Sort {
  key: string
  descending: boolean
}
/** Which rows: `first/after` going on, `last/before` going back, `offset` only for a jump to a page. */
export interface Window {
  first?: number
  after?: string
  last?: number
  before?: string
  offset?: number
}

/** The order as the lists of the graph want it: `orderBy: orderBy<HazardField>(sort)`. */
export const orderBy = <Field extends string>(sort?: Sort) =>
  sort ? [{ field: sort.key as Field, dir: sort.descending ? ('DESC' as const) : ('ASC' as const) }] : undefined
export interface Asked<F extends Filter> {
  filter: F
  sort?: Sort
  window: Window
}
export interface Connection<Row> {
  nodes: readonly Row[]
  totalCount?: number | null
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor?: string | null; endCursor?: string | null }
}

interface ListQuestion<Data, Variables, F extends Filter, Row> {
  query: TypedDocumentNode<Data, Variables>
  connection: (data: Data) => Connection<Row> | null | undefined
  variables: (asked: Asked<F>) => Variables
  /** Every field of the search bar with its empty value: '' for one value, [] for several (also day ranges). */
  filter: F
  sort?: Sort
  pageSize?: number
  /** The server only goes on from a cursor: no jump, no last page; going back retraces the way here. */
  onward?: boolean
}

export const PAGE_SIZES = [20, 50, 100]
const SIZE_KEY = 'anbiao.pageSize'

/** A list bound to the address bar: filter, order and place are in the URL, so a link to what one sees can be sent. */
export function useList<Data, Variables extends AnyVariables, F extends Filter, Row>(question: ListQuestion<Data, Variables, F, Row>) {
  const route = useRoute()
  const router = useRouter()
  const size = ref(question.pageSize ?? remembered(SIZE_KEY, PAGE_SIZES[0] ?? 20))

  const asked = computed<Asked<F>>(() => ({
    filter: readFilter(question.filter, route.query),
    sort: readSort(route.query) ?? question.sort,
    window: readWindow(route.query, size.value),
  }))
  const filter = reactive({ ...asked.value.filter }) as F
  watch(
    () => asked.value.filter,
    (now) => Object.assign(filter, now),
  )

  const page = usePage(question.query, () => question.variables(asked.value))
  const connection = shallowRef<Connection<Row>>()
  // The rows of the page before stay visible while the next page is on its way.
  watch(page.data, (data) => data !== undefined && (connection.value = question.connection(data) ?? undefined), { immediate: true })

  const number = computed(() => Number(route.query.page ?? 1) || 1)
  const go = (query: LocationQuery) => void router.replace({ query })
  const start = (keep: LocationQuery = sortQuery(asked.value.sort)) => go({ ...writeFilter(question.filter, filter), ...keep })
  const step = (to: number, cursor: LocationQuery) =>
    go({ ...writeFilter(question.filter, asked.value.filter), ...sortQuery(asked.value.sort), ...cursor, page: String(to) })
  const pages = computed(() => Math.max(1, Math.ceil((connection.value?.totalCount ?? 0) / size.value)))

  /** Where each page that was passed began. */
  const passed = new Map<number, string | null>()
  const onLast = computed(() => (connection.value?.totalCount ?? 0) % size.value || size.value)

  return reactive({
    filter,
    rows: computed(() => connection.value?.nodes ?? []),
    total: computed(() => connection.value?.totalCount ?? undefined),
    loading: page.loading,
    refreshing: page.refreshing,
    refusal: page.refusal,
    reload: page.reload,
    asked,
    listed: computed(() => listedIn(question.query, question.variables(asked.value) as Record<string, unknown>)),
    sort: computed(() => asked.value.sort),
    sortBy: (sort: Sort | undefined) => start(sortQuery(sort)),
    search: () => {
      const before = JSON.stringify(route.query)
      start()
      if (JSON.stringify({ ...writeFilter(question.filter, filter), ...sortQuery(asked.value.sort) }) === before) page.reload()
    },
    reset: () => {
      Object.assign(filter, structuredClone(question.filter))
      start()
    },
    pager: reactive({
      onward: question.onward ?? false,
      size,
      number,
      pages,
      hasNext: computed(() => (connection.value?.totalCount == null ? (connection.value?.pageInfo.hasNextPage ?? false) : number.value < pages.value)),
      hasPrevious: computed(() => number.value > 1),
      resize: (rows: number) => {
        size.value = rows
        remember(SIZE_KEY, rows)
        start()
      },
      first: () => start(),
      last: () => step(pages.value, { end: String(onLast.value) }),
      next: () => {
        const after = connection.value?.pageInfo.endCursor ?? null
        passed.set(number.value + 1, after)
        step(number.value + 1, { after })
      },
      jump: (page: number) => {
        const to = Math.min(Math.max(1, page), pages.value)
        if (to === 1) start()
        else if (to !== number.value) step(to, {})
      },
      previous: () => {
        const to = number.value - 1
        const retraced = passed.get(to)
        const cursor: LocationQuery = question.onward ? { after: retraced ?? null } : { before: connection.value?.pageInfo.startCursor ?? null }
        if (to <= 1 || (question.onward && !retraced)) start()
        else step(to, cursor)
      },
    }),
  })
}

function readSort({ sort }: LocationQuery): Sort | undefined {
  if (typeof sort !== 'string' || !sort) return undefined
  return sort.startsWith('-') ? { key: sort.slice(1), descending: true } : { key: sort, descending: false }
}

const sortQuery = (sort?: Sort): LocationQuery => (sort ? { sort: `${sort.descending ? '-' : ''}${sort.key}` } : {})

function readWindow(query: LocationQuery, size: number): Window {
  if (typeof query.before === 'string') return { last: size, before: query.before }
  if (typeof query.end === 'string') return { last: Number(query.end) || size }
  if (typeof query.after === 'string') return { first: size, after: query.after }
  const page = Number(query.page ?? 1) || 1
  return page > 1 ? { first: size, offset: (page - 1) * size } : { first: size }
}
