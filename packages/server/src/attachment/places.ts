import { Refusal } from '../shared/refusal.js'

const EACH = 4
const ALL = 24

/** How many uploads may be under way at once, of one person and of all: each holds its files in memory. */
export function uploadPlaces(): <T>(person: string, job: () => Promise<T>) => Promise<T> {
  const held = new Map<string, number>()
  let taken = 0
  return async (person, job) => {
    const own = held.get(person) ?? 0
    if (own >= EACH || taken >= ALL) throw new Refusal('TOO_MANY_UPLOADS', '同时上传的文件太多，请稍等片刻再试')
    held.set(person, own + 1)
    taken++
    try {
      return await job()
    } finally {
      taken--
      const left = held.get(person)! - 1
      if (left) held.set(person, left)
      else held.delete(person)
    }
  }
}
