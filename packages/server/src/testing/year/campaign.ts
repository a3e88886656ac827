import { Letters } from '../letters.js'
import { Campaigns } from '../campaigns.js'
import type { Deeds } from './deeds.js'

/** 行动: a task for every evidence that the system counts, in the phases of the plan. */
export async function plan(deeds: Deeds): Promise<string> {
  const { town } = deeds
  const campaigns = new Campaigns(town)
  const { id } = await campaigns.create()
  const phases = [
    await campaigns.phase(id, 1, '前期准备', '2026-03-31'),
    await campaigns.phase(id, 2, '自查自评', '2026-06-30'),
    await campaigns.phase(id, 3, '标杆提升', '2026-10-31'),
    await campaigns.phase(id, 4, '总结验收', '2026-12-31'),
  ]
  const { campaignEvidence } = await town.get<{ campaignEvidence: { kind: string; subject: string }[] }>('town', '{ campaignEvidence { kind subject } }')
  for (const [i, { kind, subject }] of campaignEvidence.entries())
    await campaigns.task(phases[i % 4]!, kind, {
      position: i + 1,
      subject,
      title: kind,
      dueOn: ['2026-03-31', '2026-06-30', '2026-10-31', '2026-12-31'][i % 4],
    })
  await campaigns.task(phases[0]!, 'NOTICE_DELIVERED', { position: 90, title: '经发办规上', station: 'INDUSTRY_STATION', scaleClass: 'ABOVE_SCALE' })
  await campaigns.task(phases[0]!, 'COMMITMENT_SIGNED', { position: 91, title: '餐饮', trade: '餐饮' })
  await campaigns.start({ id })
  return id
}

const OF: Record<string, string> = { tea: 'industry', mill: 'industry', kiln: 'industry', press: 'industry', inn: 'market', shop: 'market', diner: 'market' }

/** 告知书 for all: of most four receipts come back, of one three, one is void, the yard's (of no station) only signed. */
export async function notices(deeds: Deeds): Promise<void> {
  const { town } = deeds
  const letters = new Letters(town)
  const ids = Object.entries(town.enterprises).filter(([key]) => key !== 'far')
  await letters.issue('town', 'NOTICE', { ids: ids.map(([, id]) => id) })
  const { letters: issued } = await town.get<{ letters: { nodes: { id: string; enterprise: { id: string } }[] } }>(
    'town',
    '{ letters(first: 50, where: { kind: { eq: NOTICE } }) { nodes { id enterprise { id } } } }',
  )
  for (const [key, id] of ids) {
    const letter = issued.nodes.find(({ enterprise }) => enterprise.id === id)!
    if (key === 'press') continue
    if (key === 'shop') {
      must(await letters.void('town', letter))
      continue
    }
    const by = OF[key] ?? 'town'
    must(await letters.deliver(by, letter, 'PRINCIPAL', `${key}乙`))
    if (key === 'yard') continue
    for (const no of [1, 2, 3]) must(await letters.receive(by, letter, no))
    if (key !== 'kiln') must(await letters.receive('town', letter, 4))
  }
}

/** 承诺书 of some, signed by the legal representative. */
export async function commitments(deeds: Deeds): Promise<void> {
  const letters = new Letters(deeds.town)
  for (const key of ['tea', 'mill', 'diner', 'inn', 'kiln']) {
    const letter = await letters.issued(OF[key]!, 'COMMITMENT', deeds.town.enterprises[key]!)
    if (key !== 'kiln') must(await letters.deliver(OF[key]!, letter, 'LEGAL_REP', `${key}甲`))
  }
}

/** The legal representative changes: the commitment is asked for again; one signs anew, the other has not yet. */
export async function changedHands(deeds: Deeds): Promise<void> {
  const { town } = deeds
  for (const [key, name, division, station, trade] of [
    ['mill', '金谷样本碾米厂', '350524106201', 'INDUSTRY_STATION', '食品加工'],
    ['diner', '金东样本饭店', '350524106202', 'MARKET_STATION', '餐饮'],
  ] as const) {
    const facts = { name, division, station, trade, scaleClass: 'MEDIUM', noUsccReason: '个体', address: `${name}路 1 号`, legalRep: `${key}新` }
    await deeds.do('town', 'enterpriseEdit', { id: town.enterprises[key], facts: { ...facts, principal: `${key}乙`, safetyOfficer: `${key}丙` } })
  }
  const letters = new Letters(town)
  const again = await letters.issued('industry', 'COMMITMENT', town.enterprises['mill']!)
  must(await letters.deliver('industry', again, 'LEGAL_REP', 'mill新'))
}

export const must = ({ data, errors }: { data: unknown; errors?: { message: string; extensions: { code: string } }[] }): unknown => {
  if (errors) throw new Error(`${errors[0]!.extensions.code}: ${errors[0]!.message}`)
  return data
}
