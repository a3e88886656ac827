const MOST = 120
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * The name a person sees: the last part of whatever path was sent, without control, direction and invisible
 * characters, safe to save on any system. It never becomes a path of ours.
 */
export function cleanName(sent: string | undefined): string {
  const last = (sent ?? '').normalize('NFC').split(/[/\\]/).at(-1)!
  const plain = last
    .replace(/\p{C}/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const safe = RESERVED.test(plain) ? `_${plain}` : plain
  if (!safe) return '未命名'
  const ending = extensionOf(safe)
  const [...letters] = safe
  return letters.length <= MOST ? safe : `${letters.slice(0, MOST - ending.length - 1).join('')}${ending && `.${ending}`}`
}

/** `jpg` of `现场.JPG`; nothing for a name without a short ending. */
export const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]!.toLowerCase() ?? ''

export const withExtension = (name: string, extension: string): string => {
  const had = extensionOf(name)
  return `${had ? name.slice(0, -had.length - 1) : name}.${extension}`
}

/** RFC 6266 with the name twice: ASCII for the old, RFC 5987 for everybody else. */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
