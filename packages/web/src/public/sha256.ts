/** SHA-256 of a short text: `crypto.subtle` is missing where a town serves the page without https, and waits for each call. */
const K = new Uint32Array(64)
const FIRST = new Uint32Array(8)
{
  const isPrime = (n: number) => {
    for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
    return true
  }
  let found = 0
  for (let n = 2; found < 64; n++) {
    if (!isPrime(n)) continue
    if (found < 8) FIRST[found] = (Math.sqrt(n) % 1) * 2 ** 32
    K[found++] = (Math.cbrt(n) % 1) * 2 ** 32
  }
}
const turn = (x: number, n: number) => (x >>> n) | (x << (32 - n))
const words = new Uint32Array(64)

/** The first 32 bits of the hash; all that a search for leading zeros looks at. */
export function sha256Head(text: Uint8Array): number {
  const blocks = ((text.length + 8) >> 6) + 1
  const padded = new Uint8Array(blocks * 64)
  padded.set(text)
  padded[text.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 4, text.length * 8)
  const state = FIRST.slice()
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(block * 64 + i * 4)
    for (let i = 16; i < 64; i++) {
      const a = words[i - 15]!
      const b = words[i - 2]!
      words[i] = words[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + words[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + words[i]!) | 0
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + one) | 0
      d = c
      c = b
      b = a
      a = (one + two) | 0
    }
    ;[a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = state[i]! + value))
  }
  return state[0]!
}
