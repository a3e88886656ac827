/** The part of the table that its head works with, whatever the rows are. */
export interface ResizableTable {
  getHeaderGroups: () => readonly { headers: readonly { id: string; getResizeHandler: () => (event: unknown) => void }[] }[]
  getIsAllRowsSelected: () => boolean
  getIsSomeRowsSelected: () => boolean
  toggleAllRowsSelected: (value?: boolean) => void
}
