const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The town's clock is eight hours ahead of UTC, winter and summer (Asia/Shanghai has had one offset since 1991). */
const AHEAD = 8 * HOUR

const clockOf = (time: number) => new Date(time + AHEAD).toISOString()

/** Today in the town, wherever this computer thinks it stands. */
export const today = () => clockOf(Date.now()).slice(0, 10)
export const addDays = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY)
export const monthOf = (day: string) => day.slice(0, 7)

export const instantWithSeconds = (instant: string) => clockOf(Date.parse(instant)).slice(0, 19).replace('T', ' ')
export const instantText = (instant: string) => instantWithSeconds(instant).slice(0, 16)
