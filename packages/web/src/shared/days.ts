import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)
dayjs.extend(timezone)

const TOWN = 'Asia/Shanghai'

/** Today in the town, whatever the clock of this computer is set to. */
export const today = () => dayjs().tz(TOWN).format('YYYY-MM-DD')
export const addDays = (day: string, days: number) => dayjs.utc(day).add(days, 'day').format('YYYY-MM-DD')
export const daysBetween = (from: string, to: string) => dayjs.utc(to).diff(dayjs.utc(from), 'day')
export const monthOf = (day: string) => day.slice(0, 7)

export const instantText = (instant: string) => dayjs.utc(instant).tz(TOWN).format('YYYY-MM-DD HH:mm')
export const instantWithSeconds = (instant: string) => dayjs.utc(instant).tz(TOWN).format('YYYY-MM-DD HH:mm:ss')
