import { sha256Head } from './sha256'

const AT_ONCE = 2_000

/** Looks for the number the server asks of every browser that sends; breathes between, so that a slow phone stays awake. */
export async function solved(ticket: string, key: string, bits: number): Promise<string> {
  const encoder = new TextEncoder()
  for (let n = 0; ; n++) {
    const work = n.toString(36)
    if (bits === 0 || sha256Head(encoder.encode(`${ticket}|${key}|${work}`)) >>> (32 - bits) === 0) return work
    if (n % AT_ONCE === AT_ONCE - 1) await new Promise((go) => setTimeout(go))
  }
}
