import { type MikroORM, ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { hazardRules } from '../hazard/rules.js'
import { Delegation } from '../remind/delegation.entity.js'
import { digestOf, summedOn } from '../remind/digest.js'
import { ReminderDigest } from '../remind/digest.entity.js'
import { Hook, HookStyle } from '../remind/hook.entity.js'
import { Reminder, type ReminderKind } from '../remind/reminder.entity.js'
import { keyOf } from '../remind/remindDaily.js'
import { ReminderRead } from '../remind/reminderRead.entity.js'
import { seal } from '../remind/seal.js'
import { REMINDER_SOURCES } from '../reminderSources.js'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Actor } from '../shared/context.js'
import { addDays, type Day, dayOf, startOf } from '../shared/days.js'
import { insertRows } from '../shared/insertRows.js'
import type { Reader } from '../shared/read/reader.js'
import { run } from '../shared/run.js'
import type { Due } from '../shared/reminderSource.js'
import type { Chapter, Told } from './chapters.js'
import { Chronicle } from './chronicle.js'
import { plain } from './plain.js'
import { Random } from './random.js'

/** So many mornings of the day's work are told. */
const MORNINGS = 6
const MINUTE = 60_000
const HOST = 'robot.anbiao.example'
const early = (day: Day) => new Date(Date.parse(startOf(day)) + 395 * MINUTE)

let year: Told | undefined

/** 提醒: what the last mornings told, with the digests; a robot that nobody answers any more; a principal who is away. */
export const REMINDERS: Chapter = {
  things: [Hook, Delegation],
  tell(told) {
    year = told
    const random = new Random('anbiao reminders')
    away(told, random)
    robot(told, random)
  },
  async finish(em) {
    await new Mornings(em, year!).tell()
    year = undefined
  },
}

function away({ world, firms, now }: Told, random: Random): void {
  const firm = firms.find(({ n, crew, enterprise }) => n > 2 && crew.officer && !enterprise.closedOn)
  if (!firm) return
  const today = dayOf(now)
  const give = (principal: Actor, delegate: Actor, place: object, fromOn: Day, toOn: Day) => {
    const at = new Date(Math.min(early(fromOn).getTime(), now.getTime()) - 15 * 60 * MINUTE)
    const facts = { principal: principal.id, delegate: delegate.id, fromOn, toOn, setBy: principal.id, reason: '外出学习', ...place }
    world.chronicle.add(Object.assign(new (plain(Delegation))(), { id: random.id(at.getTime()), ...facts }), { act: 'delegationGive', by: principal, at })
  }
  const { division, id: enterpriseId } = firm.enterprise
  give(firm.crew.principal.asActor(), firm.crew.officer!.asActor(), { division, enterpriseId }, today, addDays(today, 4))
  const [one, two] = firm.town.staff.stations.get('INDUSTRY_STATION') ?? []
  if (one && two) give(two.asActor(), one.asActor(), { division: firm.town.code, station: 'INDUSTRY_STATION' }, addDays(today, -40), addDays(today, -36))
}

function robot({ world, firms, now }: Told, random: Random): void {
  const { town } = firms[0]!
  const by = town.staff.town[0]!.asActor()
  const at = new Date(now.getTime() - 20 * 24 * 60 * MINUTE)
  const hook = Object.assign(new (plain(Hook))(), {
    ...{
      id: random.id(at.getTime()),
      name: '安全生产工作群',
      style: HookStyle.DINGTALK,
      host: HOST,
      audience: 'TOWN_OFFICE',
      division: town.code,
      createdBy: by.id,
    },
    ...{ target: '', kinds: '', failures: 10 },
  })
  world.chronicle.add(hook, { act: 'hookCreate', by, at })
  const later = new Date(now.getTime() - 3 * 24 * 60 * MINUTE)
  world.chronicle.change(hook, { act: 'hookPause', by: undefined, at: later }, () =>
    Object.assign(hook, { pausedAt: later.toISOString(), pauseReason: '连续 10 次没有发成' }),
  )
}

/** Asked of the tables once the year is in them, as the daily work does it. */
class Mornings {
  readonly #random = new Random('anbiao mornings')
  readonly #late = new Chronicle(Reminder, ReminderRead)
  readonly #digests = new Chronicle(ReminderDigest)
  readonly #reader: Pick<Reader, 'all'>
  readonly #metadata: Pick<MikroORM, 'getMetadata'>
  constructor(
    private readonly em: SqlEntityManager,
    private readonly told: Told,
  ) {
    this.#reader = { all: (sql, params) => run(em, sql, params) }
    this.#metadata = { getMetadata: em.getMetadata.bind(em) as MikroORM['getMetadata'] }
  }

  async tell(): Promise<void> {
    const { now, world } = this.told
    const days = Array.from({ length: MORNINGS }, (_, i) => addDays(dayOf(now), i + 1 - MORNINGS)).filter((day) => early(day) <= now)
    await this.#reminders(days)
    await this.#late.insert(this.em, this.#metadata)
    for (const day of days)
      for (const summed of await summedOn(this.#reader, day)) {
        const digest = Object.assign(new (plain(ReminderDigest))(), { id: this.#random.id(early(day).getTime()), ...digestOf(summed, day) })
        this.#digests.add(digest, { act: 'remindDigest', by: undefined, at: early(day), request: `remind ${day}` })
      }
    await this.#digests.insert(this.em, this.#metadata)
    for (const one of [this.#late, this.#digests]) world.chronicle.follow(one)
    await this.#robot()
  }

  async #reminders(days: readonly Day[]): Promise<void> {
    const rules = await hazardRules(this.em)
    const hazards = new Map(this.told.world.chronicle.all(Hazard).map((hazard) => [hazard.id, hazard]))
    for (const { kind, due } of REMINDER_SOURCES) {
      const known = new Set<string>()
      for (const day of days)
        for (const one of await due(this.#reader, day, rules))
          if (!known.has(keyOf(one)) && known.add(keyOf(one))) this.#say(kind as ReminderKind, one, day, hazards)
    }
  }

  #say(kind: ReminderKind, { hazard, ...facts }: Due, day: Day, hazards: ReadonlyMap<string, Hazard>): void {
    const at = early(day)
    const reminder = Object.assign(
      new (plain(Reminder))(),
      { id: this.#random.id(at.getTime()), ...facts, kind, day },
      hazard ? { hazard: ref(hazards.get(hazard)!) } : {},
    )
    this.#late.add(reminder, { act: 'remind', by: undefined, at, request: `remind ${day}` })
    const read = new Date(at.getTime() + this.#random.whole(60, 500) * MINUTE)
    const by = this.#readerOf(facts)
    if (!by || read > this.told.now || day === dayOf(this.told.now) || !this.#random.percent(70)) return
    const done = Object.assign(new (plain(ReminderRead))(), { id: this.#random.id(read.getTime()), reminder: ref(reminder), person: by.id })
    this.#late.add(done, { act: 'remindersRead', by, at: read })
  }

  #readerOf({ audience, enterpriseId, division, station }: Omit<Due, 'hazard'>): Actor | undefined {
    const firm = this.told.firms.find(({ enterprise, town }) => (enterpriseId ? enterprise.id === enterpriseId : division.startsWith(town.code)))
    const person =
      audience === 'ENTERPRISE'
        ? firm?.crew.principal
        : audience === 'STATION'
          ? firm?.town.staff.stations.get(station ?? '')?.[0]
          : audience === 'TOWN_OFFICE'
            ? firm?.town.staff.town[0]
            : undefined
    return person?.asActor()
  }

  /** What the robot was to be told, and what came of it; neither is in the log. */
  async #robot(): Promise<void> {
    const [hook] = this.told.world.chronicle.all(Hook)
    await run(this.em, 'update hook set target = ?, key = ? where id = ?', [
      ...[await seal(this.em, `https://${HOST}/robot/send?access_token=demo`), await seal(this.em, 'SEC-demo'), hook!.id],
    ])
    for (let i = 0; i < 2; i++) {
      const at = (minutes: number) => new Date(Date.parse(hook!.pausedAt!) - (600 - i * 200 - minutes) * MINUTE)
      const place = { version: 1, division: hook!.division, station: null }
      const delivery = { id: this.#random.id(at(0).getTime()), ...place, created_at: at(0).toISOString(), hook_id: hook!.id, state: 'GIVEN_UP', items: 3 - i }
      const row = { ...delivery, said: JSON.stringify({ items: [], total: 3 - i }), tries: 5, next_at: at(0).toISOString() }
      await insertRows(this.em, 'delivery', Object.keys(row) as (keyof typeof row)[], [row])
      const tries = [0, 1, 6, 36, 156].map((minutes) => ({
        ...{ id: this.#random.id(at(minutes).getTime()), ...place, created_at: at(minutes).toISOString() },
        ...{ delivery_id: row.id, outcome: '找不到主机', ms: this.#random.whole(20, 90) },
      }))
      await insertRows(this.em, 'delivery_try', Object.keys(tries[0]!) as (keyof (typeof tries)[0])[], tries)
    }
  }
}
