import { randomUUID } from 'node:crypto'
import { readConfig } from '../config.js'
import { escalate } from '../hazard/escalate.js'
import { dayOf, isDay } from '../shared/days.js'
import { EVERYWHERE } from '../shared/scope.js'
import { openStore } from '../store.js'

/** `escalate [DAY]`: the daily job, for today or for a given day. */
const given = process.argv[2]
if (given && !isDay(given)) {
  console.error(`${given} is not a day (YYYY-MM-DD)`)
  process.exit(2)
}
const now = new Date()
const day = given ?? dayOf(now)
const store = await openStore(readConfig(process.env))
const done = await escalate({ em: store.em(EVERYWHERE), actor: undefined, now, request: randomUUID() }, store.reader, day)
console.log(`${day}：逾期升级 ${done.moved} 条，发出提醒 ${done.reminders} 条`)
await store.close()
