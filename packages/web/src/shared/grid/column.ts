/** A column of a list. What a cell shows comes from the slot `cell-<key>`, or from `text`. */
export interface Column<Row> {
  key: string
  title: string
  /** In px at the base size of 14; grows with the type. */
  width?: number
  align?: 'left' | 'center' | 'right'
  /** The server can order by it; the key is then the key of the sort. */
  sortable?: boolean
  text?: (row: Row) => string | number | null | undefined
  /** A long text takes two lines of its row, unless the rows stand close. */
  wraps?: boolean
  /** Off until the person chooses it in 列设置. */
  optional?: boolean
  /** How the column stands on a phone's card: the first `title` is its head, `hidden` is left out. */
  card?: 'title' | 'tag' | 'line' | 'hidden'
}

/** What a person can do with one row. The first three stand in the row, the others under 更多. */
export interface RowAction {
  key: string
  label: string
  run: () => unknown
  danger?: boolean
  /** Asked before it runs. */
  confirm?: string
}

export type Density = 'compact' | 'normal' | 'loose'

/** Height of a row in px at the base size of 14. */
export const ROW_HEIGHT: Record<Density, number> = { compact: 34, normal: 42, loose: 52 }
