import { computed, reactive, watch, type ComputedRef } from 'vue'
import { remember, remembered } from '../preferences'
import { viewer } from '../session'
import type { Column, Density } from './column'

interface Layout {
  order: string[]
  hidden: string[]
  widths: Record<string, number>
  density: Density
}

const NARROWEST = 60

/** Order, width and choice of the columns of one list, remembered for the person who arranged them. */
export function useGridLayout<Row>(name: string, columns: () => readonly Column<Row>[]) {
  const key = `anbiao.grid.${name}.${viewer.value?.id ?? ''}`
  const standard = (): Layout => ({
    order: columns().map((column) => column.key),
    hidden: columns()
      .filter((column) => column.optional)
      .map((column) => column.key),
    widths: {},
    density: 'normal',
  })
  const layout = reactive<Layout>({ ...standard(), ...remembered<Partial<Layout>>(key, {}) })
  watch(layout, (now) => remember(key, now), { deep: true })

  /** Every column in the person's order; a column that is new in this version stands where the program puts it. */
  const ordered = computed(() => inOrder(columns(), layout.order))

  return {
    layout,
    ordered,
    shown: computed(() => ordered.value.filter((column) => !layout.hidden.includes(column.key))),
    toggle(column: string, show: boolean) {
      layout.hidden = show ? layout.hidden.filter((key) => key !== column) : [...layout.hidden, column]
    },
    move(column: string, to: number) {
      const keys = ordered.value.map(({ key }) => key).filter((key) => key !== column)
      layout.order = keys.slice(0, Math.max(0, to)).concat(column, keys.slice(Math.max(0, to)))
    },
    resize(widths: Record<string, number>) {
      layout.widths = Object.fromEntries(Object.entries(widths).map(([column, width]) => [column, Math.max(NARROWEST, Math.round(width))]))
    },
    spread(density: Density) {
      layout.density = density
    },
    restore() {
      Object.assign(layout, standard())
    },
  }
}

/** What the tools above a grid need of it, whatever its rows are. */
export interface GridLayout {
  layout: Layout
  ordered: ComputedRef<readonly { key: string; title: string }[]>
  toggle: (column: string, show: boolean) => void
  move: (column: string, to: number) => void
  spread: (density: Density) => void
  restore: () => void
}

export function inOrder<Row>(columns: readonly Column<Row>[], order: readonly string[]): Column<Row>[] {
  const place = new Map(order.map((key, index) => [key, index]))
  let last = -1
  return columns
    .map((column) => ({ column, at: (last = place.get(column.key) ?? last + 0.5) }))
    .sort((a, b) => a.at - b.at)
    .map(({ column }) => column)
}
