import { randomUUID } from 'node:crypto'
import { readConfig } from '../config.js'
import { generateTasks } from '../inspection/generateTasks.js'
import { dayOf, isDay } from '../shared/days.js'
import { EVERYWHERE } from '../shared/scope.js'
import { openStore } from '../store.js'

/** `due [DAY]`: the check tasks that are due, for today or for a given day; run again it makes nothing twice. */
const given = process.argv[2]
if (given && !isDay(given)) {
  console.error(`${given} is not a day (YYYY-MM-DD)`)
  process.exit(2)
}
const now = new Date()
const day = given ?? dayOf(now)
const store = await openStore(readConfig(process.env))
const done = await generateTasks({ em: store.em(EVERYWHERE), actor: undefined, now, request: randomUUID() }, day)
console.log(`${day}：排定检查任务 ${done.made} 项，调整 ${done.changed} 项`)
await store.close()
