import { askedNow } from '../dossier/askedNow.js'
import { evidenceOf } from '../dossier/evidence.js'
import { gapCodes, judge } from '../dossier/judge.js'
import { rulesFrom } from '../dossier/rules.js'
import { columnOfPart, PARTS } from '../dossier/terms.js'
import { dayOf } from '../shared/days.js'
import { act } from '../shared/act.js'
import { run } from '../shared/run.js'
import { form, jpeg } from './fileBench.js'
import type { Town } from './town.js'

export interface Doc {
  id: string
  version: number
  issue: number
  state: string
  inForce: boolean
}
const DOC = '{ id version issue state inForce }'

/** A town with what is done to dossiers in it, as its people do it through the graph. */
export function dossiers(town: Town) {
  const facts = (more: object = {}) => ({
    part: 'RULES',
    title: '规章制度汇编',
    demand: '现行制度文本',
    kind: 'DOCUMENT',
    needsValidUntil: false,
    position: 10,
    ...more,
  })
  const upload = async (who: string, name = '制度.jpg') => {
    const { headers, payload } = form([{ name, bytes: await jpeg('#456', 32) }], { authorization: `Bearer ${await town.as(who)}` })
    const answer = await town.app.fastify.inject({ method: 'POST', url: '/files', headers, payload })
    return answer.json<{ files: { id: string }[] }>().files[0]!.id
  }
  const tea = () => town.enterprises['tea']!
  return {
    upload,
    tea,
    demand: (code: string, more: object = {}, who = 'town') =>
      town.ask(
        who,
        'mutation ($code: String!, $facts: DossierRequirementInput!) { dossierRequirementAdd(code: $code, facts: $facts) { id version edition } }',
        {
          code,
          facts: facts(more),
        },
      ),
    facts,
    submit: async (who: string, code: string, more: object = {}, enterprise = tea()) =>
      town.ask(
        who,
        `mutation ($e: ID!, $c: String!, $f: DossierDocumentInput!, $files: [ID!]!) { dossierDocumentSubmit(enterprise: $e, requirement: $c, facts: $f, files: $files) ${DOC} }`,
        { e: enterprise, c: code, f: { responsible: '安全管理员', ...more }, files: [await upload(who)] },
      ),
    accept: (who: string, { id, version }: Pick<Doc, 'id' | 'version'>) =>
      town.ask(who, `mutation ($id: ID!, $v: Int!) { dossierDocumentAccept(id: $id, version: $v) ${DOC} }`, { id, v: version }),
    giveBack: (who: string, { id, version }: Pick<Doc, 'id' | 'version'>, reason = '缺盖章') =>
      town.ask(who, `mutation ($id: ID!, $v: Int!, $r: String!) { dossierDocumentReturn(id: $id, version: $v, reason: $r) ${DOC} }`, {
        id,
        v: version,
        r: reason,
      }),
    view: async (who: string, enterprise = tea()) =>
      (
        await town.get<{ dossierOf: View }>(
          who,
          'query ($e: ID!) { dossierOf(enterprise: $e) { percent complete partsComplete demanded met startedOn parts { part percent complete requirements { code gap words records documents { issue state } } } expiring { name expiresOn daysLeft } } }',
          { e: enterprise },
        )
      ).dossierOf,
    kept: async (enterprise = tea()) => {
      const [row] = await town.store.reader.all('select * from dossier where enterprise_id = ?', [enterprise])
      return row!
    },
  }
}

interface View {
  percent: number | null
  complete: boolean
  partsComplete: number
  demanded: number
  met: number
  startedOn: string | null
  parts: { part: string; percent: number | null; complete: boolean; requirements: Standing[] }[]
  expiring: { name: string; expiresOn: string; daysLeft: number }[]
}
interface Standing {
  code: string
  gap: string | null
  words: string | null
  records: number | null
  documents: { issue: number; state: string }[]
}

/** Every dossier judged anew from what the store holds now, beside what the store keeps of it. */
export async function dossiersAnew({ store, clock }: Town): Promise<{ kept: unknown[]; anew: unknown[] }> {
  const query = (sql: string, params: readonly unknown[]) => store.reader.all(sql, params)
  const today = dayOf(clock.now)
  const ids = (await query('select id from enterprise order by id', [])).map((row) => String(row['id']))
  const asked = await askedNow(query)
  const { dossierSubmittedCounts } = rulesFrom(await query('select key, value from setting', []))
  const evidence = await evidenceOf(query, ids, asked, today)
  const anew = ids.map((id) => {
    const { parts, percent, complete, partsComplete, demanded, met, expired, unreviewed, ...rest } = judge(asked, evidence.get(id)!, today, {
      submittedCounts: dossierSubmittedCounts === 1,
    })
    void rest
    const gaps = gapCodes({ parts } as never)
    return { id, percent, complete, partsComplete, demanded, met, expired, unreviewed, gaps, parts: parts.map((part) => part.percent) }
  })
  const rows = await query('select * from dossier order by enterprise_id', [])
  const kept = rows.map((row) => ({
    ...{
      id: row['enterprise_id'],
      percent: row['percent'] ?? null,
      complete: !!row['complete'],
      partsComplete: row['parts_complete'],
      demanded: row['demanded'],
    },
    ...{ met: row['met'], expired: row['expired'], unreviewed: row['unreviewed'], gaps: row['gaps'] },
    parts: PARTS.map((part) => row[columnOfPart(part)] ?? null),
  }))
  return { kept, anew }
}

/** Signs these in for good, so that a test's clock may go on for months. */
export async function stayIn(town: Town, ...who: string[]): Promise<void> {
  for (const one of who) await town.as(one)
  await act({ em: town.store.em(undefined), actor: undefined, now: town.clock.now, request: 'stay' }, 'stay', async ({ em }) => {
    await run(em, "update session set expires_at = '2099-01-01T00:00:00.000Z', last_seen_at = '2099-01-01T00:00:00.000Z'")
  })
}
