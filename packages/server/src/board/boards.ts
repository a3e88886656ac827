import { LRUCache } from 'lru-cache'
import type { Reader } from '../shared/read/reader.js'
import type { Scope } from '../shared/scope.js'
import { BoardFeed } from './feed.js'

/** The boards of one store, one feed for each scope that anybody looks at. */
export class Boards {
  readonly #feeds = new LRUCache<string, BoardFeed>({ max: 200 })
  constructor(
    private readonly reader: Reader,
    private readonly clock: () => Date,
  ) {}

  get size(): number {
    return this.#feeds.size
  }

  of({ division, station }: Scope): BoardFeed {
    const key = JSON.stringify([division, station])
    let feed = this.#feeds.get(key)
    if (!feed) this.#feeds.set(key, (feed = new BoardFeed(this.reader, { division, ...(station === undefined ? {} : { station }) }, this.clock)))
    return feed
  }
}

const opened = new WeakMap<Reader, Boards>()
export const openBoards = (reader: Reader, clock: () => Date): void => void opened.set(reader, new Boards(reader, clock))
export const boardsOf = (reader: Reader): Boards => opened.get(reader)!
