import type { Deeds } from './deeds.js'

const LS: Record<string, { l10: number; c: number }> = {
  ...{ RED: { l10: 50, c: 5 }, ORANGE: { l10: 40, c: 4 }, YELLOW: { l10: 30, c: 3 }, BLUE: { l10: 10, c: 1 } },
}

/** 风险点, put down and rated (or not yet). */
export async function riskPoint(deeds: Deeds, firm: string, color?: string): Promise<string> {
  const who = `ent.${firm}`
  const facts = {
    name: `${firm}${color ?? ''}设备`,
    kind: 'FACILITY',
    place: '一车间',
    description: '传动外露',
    responsible: '主任',
    checkContent: '防护罩',
    checkFrequency: '每班',
  }
  const sources = { factors: ['OBJECT'], accidentTypes: ['机械伤害'] }
  const { id } = await deeds.do(who, 'riskPointAdd', { enterprise: deeds.town.enterprises[firm], facts, sources })
  if (color) await rate(deeds, firm, id, color)
  return id
}
export const rate = (deeds: Deeds, firm: string, id: string, color: string, reason?: string) =>
  deeds.do(`ent.${firm}`, 'riskPointAssess', {
    id,
    assessment: { preset: 'LS_A', inherent: LS['RED'], residual: LS[color], ...(reason ? { cause: 'MACHINE' } : {}) },
    ...(reason ? { reason } : {}),
  })

/** 5S: every item with the same score; below three a photo is taken. */
export async function audit(deeds: Deeds, who: string, firm: string, auditedOn: string, low = 0): Promise<string> {
  const { fiveSStandards } = await deeds.town.get<{ fiveSStandards: { nodes: { dimensions: { nodes: { items: { nodes: { id: string }[] } }[] } }[] } }>(
    'town',
    '{ fiveSStandards(where: { stage: { eq: PUBLISHED } }, first: 1) { nodes { dimensions(first: 9) { nodes { items(first: 50) { nodes { id } } } } } } }',
  )
  const items = fiveSStandards.nodes[0]!.dimensions.nodes.flatMap(({ items: some }) => some.nodes)
  const scores = []
  for (const [i, { id }] of items.entries())
    scores.push(i < low ? { item: id, score: 1, note: '标线磨损', photos: [await deeds.photo(who)] } : { item: id, score: 4 })
  return (await deeds.do(who, 'fiveSAuditSubmit', { enterprise: deeds.town.enterprises[firm], auditedOn, scores })).id
}

/** 六有, counted at one place of the enterprise. */
export const sixHaves = (deeds: Deeds, firm: string, countedOn: string, intact: number) =>
  deeds.do(`ent.${firm}`, 'sixHavesCount', {
    ...{ enterprise: deeds.town.enterprises[firm], countedOn, photos: [] },
    counts: ['FLOOR_LINES', 'NAMEPLATES', 'POST_WARNING', 'WORK_INSTRUCTION', 'PIPE_DIRECTION', 'VALVE_TAGS'].map((item) => ({
      ...{ item, required: 4, intact },
      ...(intact < 4 ? { note: '破损' } : {}),
    })),
  })

/** 三张清单 of one's own. */
export async function lists(deeds: Deeds, firm: string, startsOn: string): Promise<string[]> {
  const facts = { title: '单位检查清单', responsible: '安全员', frequency: 'WEEKLY', startsOn }
  const list = await deeds.do(`ent.${firm}`, 'checklistAdd', { enterprise: deeds.town.enterprises[firm], level: 'UNIT', facts })
  const items = []
  for (const content of ['防护罩齐全牢固', '通道畅通无堆物'])
    items.push((await deeds.do(`ent.${firm}`, 'checklistItemAdd', { checklist: list.id, facts: { content, critical: false, severity: 'GENERAL' } })).id)
  return [list.id, ...items]
}

export const trained = (deeds: Deeds, firm: string, heldOn: string) =>
  deeds.do(`ent.${firm}`, 'trainingEnter', {
    enterprise: deeds.town.enterprises[firm],
    facts: { kind: 'REFRESHER', topic: '岗位操作规程', heldOn, hours: 2, required: 12, trained: 11, passed: 10 },
  })
export const drilled = (deeds: Deeds, firm: string, heldOn: string) =>
  deeds.do(`ent.${firm}`, 'drillEnter', {
    enterprise: deeds.town.enterprises[firm],
    facts: { kind: 'EVACUATION', scenario: '车间起火', heldOn, required: 9, joined: 8, evaluated: true, findings: '疏散用时偏长' },
  })
