const LONGEST = 20

/** A GeoJSON without what names no village: a surveyor's file is mostly that. What is no JSON goes as it is, to be refused in words. */
export function slimmed(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), function (this: unknown, key, value: unknown) {
      if (typeof value === 'number' && !Number.isInteger(value)) return Number(value.toFixed(Math.abs(value) > 1000 ? 1 : 5))
      if (key !== 'properties' || typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).filter(([, said]) => typeof said === 'number' || (typeof said === 'string' && said.length <= LONGEST)))
    })
  } catch {
    return text
  }
}

/** The server takes no more in one question; what is written in it as text is a little longer there. */
const MOST_BYTES = 1_000_000
export const tooLarge = (text: string): boolean => new TextEncoder().encode(JSON.stringify(text)).length > MOST_BYTES
