import { reactive, toRaw, watch } from 'vue'

/** What is being filled in, its photos with it: on the device until the server has given a receipt for it. */
export interface Draft {
  key: string
  village: string
  place: string
  about: string
  content: string
  name: string
  phone: string
  website: string
  photos: Blob[]
}

/** Not `randomUUID`: it is missing where the page is served without https. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
const blank = (): Draft => ({ key: newKey(), village: '', place: '', about: '', content: '', name: '', phone: '', website: '', photos: [] })

const SHELF = 'draft'
let opened: Promise<IDBDatabase> | undefined
const open = () =>
  (opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open('anbiao-report', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(SHELF)
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error ?? new Error('IndexedDB'))
  }))

async function on<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const base = await open()
    return await new Promise((done, failed) => {
      const asked = work(base.transaction(SHELF, mode).objectStore(SHELF))
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => failed(asked.error ?? new Error('IndexedDB'))
    })
  } catch {
    return undefined // A browser that keeps nothing still sends.
  }
}

/** One draft a device; `kept` says that it is written down. */
export async function useReportDraft(kept: (now: boolean) => void) {
  const known = await on<Draft | undefined>('readonly', (store) => store.get('now') as IDBRequest<Draft | undefined>)
  const given = reactive<Draft>({ ...blank(), ...known })
  let writing: Promise<unknown> = Promise.resolve()
  const write = () => {
    const now = { ...toRaw(given), photos: [...toRaw(given.photos)].map((photo) => toRaw(photo)) }
    writing = writing.then(() => on('readwrite', (store) => store.put(now, 'now'))).then((key) => kept(key !== undefined))
  }
  watch(given, write, { deep: true })
  return {
    given,
    clear: () => void Object.assign(given, blank()),
  }
}
