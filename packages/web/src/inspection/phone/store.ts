/** A few lines over IndexedDB: drafts, their pictures, and the papers that can be begun without a network. */
const NAME = 'anbiao-checks'
export type Shelf = 'drafts' | 'pictures' | 'papers' | 'cards'
const SHELVES: readonly Shelf[] = ['drafts', 'pictures', 'papers', 'cards']

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  return (opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => SHELVES.forEach((shelf) => asked.result.createObjectStore(shelf))
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error ?? new Error('IndexedDB'))
  }))
}

async function on<T>(shelf: Shelf, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await open()
  return new Promise((done, failed) => {
    const transaction = base.transaction(shelf, mode, { durability: 'strict' })
    const asked = work(transaction.objectStore(shelf))
    // Nothing is added to it: it is written even if the page goes meanwhile.
    if ('commit' in transaction) transaction.commit()
    // Not before it is written down: what is shown as kept must survive a closed page.
    transaction.oncomplete = () => done(asked.result)
    transaction.onerror = transaction.onabort = () => failed(transaction.error ?? new Error('IndexedDB'))
  })
}

export const keep = (shelf: Shelf, key: string, value: unknown): Promise<unknown> => on(shelf, 'readwrite', (store) => store.put(value, key))
export const take = <T>(shelf: Shelf, key: string): Promise<T | undefined> =>
  on<T | undefined>(shelf, 'readonly', (store) => store.get(key) as IDBRequest<T | undefined>)
export const all = <T>(shelf: Shelf): Promise<T[]> => on<T[]>(shelf, 'readonly', (store) => store.getAll() as IDBRequest<T[]>)
export const drop = (shelf: Shelf, key: string): Promise<unknown> => on(shelf, 'readwrite', (store) => store.delete(key))
export const clear = (shelf: Shelf): Promise<unknown> => on(shelf, 'readwrite', (store) => store.clear())
