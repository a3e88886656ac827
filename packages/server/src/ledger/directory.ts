import { sameKey } from '../shared/sameKey.js'
import { nearest } from './alike.js'

export interface DirectoryEntry {
  id: string
  name: string
  uscc?: string | null
  division: string
  station?: string | null
}

const CANDIDATES = 40

/** The enterprises a hazard ledger may speak of, found by code, by exact name, or by a name that is nearly the same. */
export class Directory {
  readonly #byUscc = new Map<string, DirectoryEntry>()
  readonly #byName = new Map<string, DirectoryEntry[]>()
  #pairs: Map<string, DirectoryEntry[]> | undefined

  constructor(readonly entries: readonly DirectoryEntry[]) {
    for (const entry of entries) {
      if (entry.uscc) this.#byUscc.set(entry.uscc, entry)
      const key = sameKey(entry.name)
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), entry])
    }
  }
  byUscc = (uscc: string) => this.#byUscc.get(uscc)
  byName = (name: string): readonly DirectoryEntry[] => this.#byName.get(sameKey(name)) ?? []

  /** Only names that share rare pairs of characters are compared letter by letter: ten thousand names stay quick. */
  nearest(name: string): DirectoryEntry | undefined {
    const key = sameKey(name).slice(0, 80)
    const pairs = (this.#pairs ??= pairIndex(this.entries))
    const shared = new Map<DirectoryEntry, number>()
    for (const pair of pairsOf(key)) {
      const holders = pairs.get(pair) ?? []
      for (const entry of holders) shared.set(entry, (shared.get(entry) ?? 0) + 1 / holders.length)
    }
    const likely = [...shared].sort((a, b) => b[1] - a[1]).slice(0, CANDIDATES)
    return nearest(
      key,
      likely.map(([entry]) => [sameKey(entry.name), entry] as const),
      0.25,
    ).best
  }
}

const pairsOf = (text: string): Set<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)))

function pairIndex(entries: readonly DirectoryEntry[]): Map<string, DirectoryEntry[]> {
  const index = new Map<string, DirectoryEntry[]>()
  for (const entry of entries)
    for (const pair of pairsOf(sameKey(entry.name))) {
      const holders = index.get(pair)
      if (holders) holders.push(entry)
      else index.set(pair, [entry])
    }
  const common = Math.max(50, entries.length / 10)
  for (const [pair, holders] of index) if (holders.length > common) index.delete(pair)
  return index
}
