import { randomUUID } from 'node:crypto'
import { readConfig } from '../config.js'
import { useOutside } from '../remind/outside.js'
import { remindDaily } from '../remind/remindDaily.js'
import { REMINDER_SOURCES } from '../reminderSources.js'
import { dayOf, isDay } from '../shared/days.js'
import { EVERYWHERE } from '../shared/scope.js'
import { openStore } from '../store.js'

/** `remind [DAY]`: the day's reminders and escalation, for today or for a given day; run again it writes nothing twice. */
const given = process.argv[2]
if (given && !isDay(given)) {
  console.error(`${given} is not a day (YYYY-MM-DD)`)
  process.exit(2)
}
const now = new Date()
const day = given ?? dayOf(now)
const config = readConfig(process.env)
useOutside(config)
const store = await openStore(config)
const acting = () => ({ em: store.em(EVERYWHERE), actor: undefined, now, request: randomUUID() })
const done = await remindDaily(acting, store.reader, day, REMINDER_SOURCES)
console.log(`${day}：逾期升级 ${done.moved} 条，发出提醒 ${done.reminders} 条，每日汇总 ${done.digests} 份`)
await store.close()
