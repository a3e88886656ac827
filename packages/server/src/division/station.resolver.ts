import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { type Day, dayOf, instant } from '../shared/days.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { DayScalar } from '../shared/scalars.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Station, StationFacts } from './division.entity.js'
import type { ListField } from '../shared/read/listField.js'

export const STATIONS: ListField = {
  name: 'stationsConnection',
  target: Station,
  description: '站所：筛选、统计（清单用 stations）',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'code' }],
}

/** 行业主管站所: the trades and their stations are the same for all towns of a county. */
@Resolver(() => Station)
export class StationResolver {
  @Query(() => [Station], { description: '站所；ended 连同已停用的' })
  stations(@Ctx() context: Context, @Arg('ended', () => Boolean, { defaultValue: false }) ended: boolean): Promise<Station[]> {
    const { em } = signedIn(context)
    return em.find(Station, ended ? {} : { validTo: null }, { orderBy: { code: 'asc' } })
  }

  @Mutation(() => Station, { description: '新增站所' })
  stationCreate(@Ctx() context: Context, @Arg('code', () => String) typed: string, @Arg('facts', () => StationFacts) facts: StationFacts): Promise<Station> {
    const ctx = entitled(context, Capability.REFERENCE)
    const code = typed.trim().toUpperCase()
    if (!/^[A-Z][A-Z0-9_]{1,39}$/.test(code)) throw new Refusal('STATION_CODE', '站所代码为 2 至 40 个大写字母、数字或下划线，以字母开头', { field: 'code' })
    return act(ctx, 'stationCreate', async ({ em }) => {
      if (await em.count(Station, { code })) throw new Refusal('STATION_TAKEN', '这个代码已经有了', { field: 'code' })
      const station = Object.assign(new Station(), { code, createdAt: instant(ctx.now) })
      await describe(em, station, facts)
      em.persist(station)
      return station
    })
  }

  @Mutation(() => Station, { description: '修改站所' })
  stationEdit(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => StationFacts) facts: StationFacts,
  ): Promise<Station> {
    return this.#change(context, 'stationEdit', { id, version }, (station, { em }) => describe(em, station, facts))
  }

  @Mutation(() => Station, { description: '停用站所；须先把企业调整走' })
  stationEnd(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('validTo', () => DayScalar) validTo: Day,
    @Arg('reason', () => String) reason: string,
  ): Promise<Station> {
    if (!reason.trim()) throw new Refusal('MISSING', '请写明停用原因', { field: 'reason' })
    return this.#change(context, 'stationEnd', { id, version, reason: reason.trim() }, async (station, { em, now }) => {
      if (validTo > dayOf(now)) throw new Refusal('DAY_FUTURE', '停用日期不能晚于今天', { field: 'validTo' })
      // In every town, whoever asks: the station serves them all.
      const used = await em.count(Enterprise, { station: station.code, closedOn: null }, { filters: false })
      if (used) throw new Refusal('IN_USE', `还有企业由“${station.name}”主管，请先调整它们的站所`)
      station.validTo = validTo
    })
  }

  @Mutation(() => Station, { description: '恢复停用的站所' })
  stationReopen(@Ctx() context: Context, @Arg('id', () => ID) id: string, @Arg('version', () => Int) version: number): Promise<Station> {
    return this.#change(context, 'stationReopen', { id, version }, (station) => {
      delete station.validTo
      return Promise.resolve()
    })
  }

  #change(
    context: Context,
    name: string,
    on: { id: string; version: number; reason?: string },
    change: (station: Station, ctx: SignedIn) => Promise<void>,
  ): Promise<Station> {
    const ctx = entitled(context, Capability.REFERENCE)
    const work = async ({ em }: Pick<Context, 'em'>) => {
      const station = await em.findOne(Station, { id: on.id })
      if (!station) throw notFound('站所')
      if (station.version !== on.version) throw conflict()
      await change(station, { ...ctx, em })
      return station
    }
    return act(ctx, name, work, on.reason)
  }
}

/** Takes what was typed in; two stations with one name could not be told apart in a ledger. */
async function describe(em: SqlEntityManager, station: Station, facts: StationFacts): Promise<void> {
  const name = facts.name.trim()
  if (name.length < 2 || name.length > 40) throw new Refusal('NAME_MISSING', '站所名称为 2 至 40 个字', { field: 'name' })
  if (await em.count(Station, { name, id: { $ne: station.id } })) throw new Refusal('STATION_TAKEN', '已有同名的站所', { field: 'name' })
  station.name = name
  station.authorised = facts.authorised
  for (const key of ['aliases', 'superior', 'trades'] as const) {
    const typed = facts[key]
    if (typed === undefined) continue
    if (typed?.trim()) station[key] = typed.trim()
    else delete station[key]
  }
}
