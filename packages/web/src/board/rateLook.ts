/** How a rate looks on the wall: a shape beside the colour, for who does not see it. */
export interface RateLook {
  mark: string
  look: 'good' | 'middling' | 'poor' | 'none'
}
export const GOOD = 95
export const MIDDLING = 80

export function rateLook(rate: number | null): RateLook {
  if (rate === null) return { mark: '', look: 'none' }
  if (rate >= GOOD) return { mark: '●', look: 'good' }
  return rate >= MIDDLING ? { mark: '■', look: 'middling' } : { mark: '▲', look: 'poor' }
}
