/** What the search of the top bar finds. A domain adds its own source in its `search.ts`, loaded on the first search. */
export interface Found {
  key: string
  title: string
  detail?: string
  to: string
}
export interface SearchSource {
  /** Key of the heading in the words. */
  heading: string
  find: (text: string) => Promise<readonly Found[]>
}
