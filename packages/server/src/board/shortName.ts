const ABOVE = /^(?:[^省市县区镇乡]{2,4}省)?(?:[^省市县区镇乡]{2,4}市)?(?:[^省市县区镇乡]{2,4}[县区])?/
const FORM = /(?:股份|责任)?有限(?:责任)?公司$/

/** An enterprise as a wall has room for it: without the places that the whole board shares, and without the legal form. */
export function shortName(name: string, territory: string): string {
  const place = territory.replace(/(?:镇|乡|街道|县|市|区)$/, '')
  const within = name.replace(ABOVE, '')
  const own = within.startsWith(place) ? within.slice(place.length).replace(/^(?:镇|乡|街道)/, '') : within
  const short = own.replace(FORM, '')
  return short.length < 2 ? name : short
}
