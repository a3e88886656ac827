/** Only ways inside the app: an address in the link must not lead elsewhere. */
export function wayBack(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/'
}
