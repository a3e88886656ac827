import type { Town } from './town.js'

/** A point of an enterprise, found and rated yellow by itself. */
export async function yellowPoint(town: Town, firm: string, name = '揉捻机'): Promise<void> {
  const { riskPointAdd: point } = await town.get<{ riskPointAdd: { id: string; version: number } }>(
    `ent.${firm}`,
    `mutation ($e: ID!, $name: String!) { riskPointAdd(enterprise: $e, facts: { name: $name, kind: FACILITY }, sources: { factors: [OBJECT], accidentTypes: ["机械伤害"] }) { id version } }`,
    { e: town.enterprises[firm], name },
  )
  await town.get(
    `ent.${firm}`,
    `mutation ($id: ID!, $v: Int!) { riskPointAssess(id: $id, version: $v, assessment: { preset: "LS_A", inherent: { l10: 40, c: 4 }, residual: { l10: 30, c: 3 } }) { id } }`,
    { id: point.id, v: point.version },
  )
}
