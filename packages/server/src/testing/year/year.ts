import { openTown, type Town } from '../town.js'
import { changedHands, commitments, notices, plan } from './campaign.js'
import { morning } from './day.js'
import { Deeds } from './deeds.js'
import { HazardWork } from './hazards.deeds.js'
import { MonthWork } from './months.js'
import { assess, check, exempt, nominate, policy, reports } from './more.js'
import { settleIn } from './people.js'
import { audit, lists, rate, drilled, riskPoint, sixHaves, trained } from './site.js'

export interface Year {
  town: Town
  campaign: string
  /** Earlier instants at which somebody may ask how things stood. */
  instants: string[]
  /** Every summary that was signed, as it was on paper then. */
  signed: MonthWork['signed']
}

/** The year of a town, month by month, everything through the graph by whoever's it is. */
export async function liveYear(): Promise<Year> {
  const town = await openTown()
  const deeds = await Deeds.of(town)
  const instants: string[] = []
  const seen = () => void instants.push(new Date(town.clock.now.getTime() + 60_000).toISOString())
  await settleIn({ town, do: deeds.do.bind(deeds) })
  const hazards = new HazardWork(deeds)
  const months = new MonthWork(town)

  await morning(town, '2026-03-03')
  const campaign = await plan(deeds)
  const table = await deeds.do('town', 'frequencyDraft')
  await deeds.do('town', 'frequencyPublish', { id: table.id })
  await notices(deeds)
  await commitments(deeds)

  await morning(town, '2026-03-20')
  const slow = await hazards.found('industry', 'tea')
  await hazards.notify('industry', slow, '2026-03-30')
  const quick = await hazards.found('market', 'diner')
  await hazards.notify('market', quick, '2026-03-25')
  await hazards.fixed('ent.diner', quick)
  const point = await riskPoint(deeds, 'tea', 'RED')
  await riskPoint(deeds, 'tea')
  await riskPoint(deeds, 'diner', 'YELLOW')
  await riskPoint(deeds, 'mill', 'BLUE')
  const millList = await lists(deeds, 'mill', '2026-03-20')
  await lists(deeds, 'tea', '2026-03-20')
  await check(deeds, 'ent.mill', 'mill', 'SELF_CHECK', millList)

  await morning(town, '2026-03-24')
  await hazards.close('market', quick)
  await audit(deeds, 'industry', 'mill', '2026-03-24')
  await sixHaves(deeds, 'mill', '2026-03-24', 4)
  await sixHaves(deeds, 'tea', '2026-03-24', 3)
  await trained(deeds, 'tea', '2026-03-22')
  await drilled(deeds, 'mill', '2026-03-23')
  seen()

  await morning(town, '2026-04-15')
  await changedHands(deeds)
  await hazards.fixed('ent.tea', slow)
  await hazards.giveBack('industry', slow, '2026-04-30')
  const major = await hazards.major('kiln', 'industry', 'ent.kiln', '2026-05-31', true)
  await hazards.major('inn', 'market', 'ent.inn', '2026-06-15', false)
  const own = await hazards.found('ent.mill', 'mill')
  const patrol = await hazards.found('village', 'shop')
  await hazards.notify('village', patrol, '2026-04-25')
  const late = await hazards.found('east', 'yard')
  await hazards.notify('east', late, '2026-04-20')
  await hazards.extended('ent.tea', 'industry', slow, '2026-05-10', true)
  const wrong = await hazards.found('industry', 'press')
  await deeds.do('town', 'hazardVoid', { id: wrong.id, reason: '重复登记' })
  const gone = await hazards.found('industry', 'press')
  await deeds.do('industry', 'hazardTransfer', { id: gone.id, to: '消防救援大队', receipt: 'YS-1', reason: '不属本站' })

  await morning(town, '2026-05-08')
  await hazards.fixed('ent.tea', slow, '已重新固定并加锁', true)
  await hazards.close('industry', slow)
  await audit(deeds, 'industry', 'tea', '2026-05-08', 18)
  await rate(deeds, 'tea', point, 'ORANGE', '加装联锁')
  await hazards.notify('ent.mill', own, '2026-05-20')
  seen()

  await morning(town, '2026-06-01')
  await hazards.fixed('ent.kiln', major)
  await hazards.close('industry', major)
  await hazards.close('town', major)
  await check(deeds, 'ent.mill', 'mill', 'SELF_CHECK', millList, true)
  await check(deeds, 'industry', 'tea', 'STATION_GUIDANCE')
  await check(deeds, 'industry', 'mill', 'STATION_GUIDANCE')
  await check(deeds, 'market', 'diner', 'STATION_GUIDANCE')
  await check(deeds, 'village', 'shop', 'GRID_PATROL')
  await exempt(deeds, campaign)
  await policy(deeds, 'industry', 'press', '2026-06-01')
  seen()

  await morning(town, '2026-07-10')
  await months.below('2026-06', ['MARKET_STATION', '350524106202'])
  await nominate(deeds, campaign, 'industry', 'mill', true)
  await nominate(deeds, campaign, 'market', 'diner', false)
  const outside = await reports(deeds)
  await deeds.do('town', 'hazardNotify', { id: outside, dueOn: '2026-07-20' })
  await assess(deeds, 'tea', 'industry', { deduct: true, sign: true, accept: true, dueOn: '2026-07-31' })
  await assess(deeds, 'mill', 'industry', { deduct: false, sign: true, accept: false, dueOn: '2026-07-31' })
  await assess(deeds, 'diner', 'market', { deduct: false, sign: false, accept: false, dueOn: '2026-07-31' })

  await morning(town, '2026-07-31')
  await months.below('2026-07', ['350524106202'], 'INDUSTRY_STATION')
  const july = await months.sign('2026-07')
  seen()

  await morning(town, '2026-08-20')
  await hazards.found('industry', 'kiln', { foundOn: '2026-07-30' })
  await months.correct(july, '漏计一条隐患')

  await morning(town, '2026-09-15')
  await check(deeds, 'industry', 'tea', 'STATION_GUIDANCE')
  const hasty = await hazards.found('industry', 'press')
  await hazards.notify('industry', hasty, '2026-09-30')
  await hazards.fixed('ent.press', hasty, '已改')
  await trained(deeds, 'press', '2026-09-10')
  await hazards.fixed('ent.shop', patrol)
  await hazards.close('village', patrol)
  await hazards.fixed('ent.shop', { id: outside, version: 0 })
  await hazards.close('town', { id: outside, version: 0 })
  await deeds.do('town', 'enterpriseCloseDown', { id: town.enterprises['shop'], closedOn: '2026-09-15', reason: '停业' })

  await morning(town, '2026-10-05')

  await morning(town, '2026-12-28')
  await months.below('2026-12')
  await months.sign('2026-12', false)
  await months.below('2026')
  await months.sign('2026')
  return { town, campaign, instants, signed: months.signed }
}
