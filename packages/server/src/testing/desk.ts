import type { Town } from './town.js'

export interface NormRow {
  id: string
  version: number
  status: string
  title: string
  edition: number
}
export interface SheetRow {
  id: string
  key: string
  level: string
  items: { nodes: { id: string; key: string; seq: number; content: string }[] }
}
const NORM = 'id version status title edition'
const SHEET = 'id key level items(first: 100, orderBy: [{ field: seq, dir: ASC }]) { nodes { id key seq content } }'

/** Where norms are made and copied, for tests: the few acts that every test of this begins with. */
export function desk(town: Town) {
  const facts = (more: object = {}) => ({
    ...{ trade: '茶叶加工', kind: 'INSPECTION_CHECKLIST', title: '茶叶加工安全生产检查清单', issuer: '县工业信息化和商务局', issuedOn: '2026-01-10' },
    ...more,
  })
  const item = (more: object = {}) => ({ content: '一项', critical: false, severity: 'GENERAL', ...more })
  const START = `mutation ($facts: NormInput!) { normStart(facts: $facts) { ${NORM} } }`
  const load = async (norm: { id: string }) =>
    (await town.get<{ norm: NormRow }>('town', `query ($id: ID!) { norm(id: $id) { ${NORM} } }`, { id: norm.id })).norm
  const sheets = async (who: string, norm: { id: string }) =>
    (
      await town.get<{ templates: { nodes: SheetRow[] } }>(
        who,
        `query ($n: ID!) { templates(first: 10, where: { norm: { id: { eq: $n } } }) { nodes { ${SHEET} } } }`,
        {
          n: norm.id,
        },
      )
    ).templates.nodes
  return {
    ...{ facts, item, START, load, sheets },
    trades: async (code: string, trades: string) => {
      const { stations } = await town.get<{ stations: { id: string; version: number; name: string; authorised: boolean; code: string }[] }>(
        'admin',
        '{ stations { id version name authorised code } }',
      )
      const { id, version, name, authorised } = stations.find((one) => one.code === code)!
      await town.get('admin', 'mutation ($id: ID!, $v: Int!, $f: StationInput!) { stationEdit(id: $id, version: $v, facts: $f) { id } }', {
        ...{ id, v: version, f: { name, authorised, trades } },
      })
    },
    trade: async (key: string, trade: string) => {
      const id = town.enterprises[key]
      const { enterprise } = await town.get<{ enterprise: { version: number } }>('town', 'query ($id: ID!) { enterprise(id: $id) { version } }', { id })
      await town.get('town', 'mutation ($id: ID!, $v: Int!, $f: EnterpriseInput!) { enterpriseEdit(id: $id, version: $v, facts: $f) { id } }', {
        ...{ id, v: enterprise.version },
        f: await typed(town, id!, trade),
      })
    },
    norm: async (who: string, more: object = {}) => (await town.get<{ normStart: NormRow }>(who, START, { facts: facts(more) })).normStart,
    /** A sheet with its items in a draft. */
    sheet: async (who: string, norm: { id: string }, items: object[], more: object = {}): Promise<SheetRow> => {
      const f = { level: 'UNIT', title: '单位清单', responsible: '主要负责人', frequency: 'MONTHLY', ...more }
      const { templateAdd } = await town.get<{ templateAdd: { id: string } }>(
        who,
        'mutation ($n: ID!, $f: TemplateInput!) { templateAdd(norm: $n, facts: $f) { id } }',
        { n: norm.id, f },
      )
      for (const one of items)
        await town.get(who, 'mutation ($t: ID!, $f: TemplateItemInput!) { templateItemAdd(template: $t, facts: $f) { id } }', {
          t: templateAdd.id,
          f: item(one),
        })
      return (await sheets(who, norm)).find(({ id }) => id === templateAdd.id)!
    },
    publish: async (who: string, norm: { id: string }) =>
      town.get<{ normPublish: NormRow }>(who, `mutation ($id: ID!, $v: Int!) { normPublish(id: $id, version: $v, note: "修订") { ${NORM} } }`, {
        ...{ id: norm.id, v: (await load(norm)).version },
      }),
    withdraw: async (norm: { id: string }) =>
      (
        await town.get<{ normWithdraw: NormRow }>('town', `mutation ($id: ID!, $v: Int!) { normWithdraw(id: $id, version: $v, reason: "有误") { ${NORM} } }`, {
          ...{ id: norm.id, v: (await load(norm)).version },
        })
      ).normWithdraw,
    revise: async (who: string, norm: { id: string }) =>
      (await town.get<{ normRevise: NormRow }>(who, `mutation ($id: ID!) { normRevise(id: $id) { ${NORM} } }`, { id: norm.id })).normRevise,
    names: async (who: string) =>
      (await town.get<{ norms: { nodes: { title: string }[] } }>(who, '{ norms { nodes { title } } }')).norms.nodes.map(({ title }) => title),
    make: async (who: string, key = 'tea') =>
      (
        await town.get<{ checklistsMake: { id: string; version: number; level: string; title: string }[] }>(
          who,
          'mutation ($e: ID!) { checklistsMake(enterprise: $e) { id version level title } }',
          { e: town.enterprises[key] },
        )
      ).checklistsMake,
  }
}
export type Desk = ReturnType<typeof desk>

async function typed(town: Town, id: string, trade: string): Promise<object> {
  const { enterprise } = await town.get<{ enterprise: Record<string, unknown> }>(
    'town',
    'query ($id: ID!) { enterprise(id: $id) { name uscc noUsccReason division station } }',
    { id },
  )
  return { ...enterprise, trade }
}
