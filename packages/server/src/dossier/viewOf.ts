import { Enterprise } from '../enterprise/enterprise.entity.js'
import type { SignedIn } from '../shared/context.js'
import { addDays, dayOf } from '../shared/days.js'
import { scopeSql } from '../shared/read/reading.js'
import { notFound } from '../shared/refusal.js'
import { askedNow } from './askedNow.js'
import { DossierDocument } from './document.entity.js'
import { evidenceOf } from './evidence.js'
import { expiringOf, expiringSql } from './expiring.js'
import { judge } from './judge.js'
import { rulesFrom } from './rules.js'
import { RequirementKind } from './terms.js'
import type { DossierView, ExpiringItem } from './view.js'

/** Everything a page or a paper says of one dossier, if the enterprise lies in the reader's scope. */
export async function viewOf(ctx: SignedIn, id: string): Promise<DossierView> {
  const { reader, actor, now } = ctx
  const within = scopeSql(Enterprise, 't', actor.scope)
  const [seen] = await reader.all(`select 1 as yes from enterprise t where t.id = ? and (${within.sql})`, [id, ...within.params])
  if (!seen) throw notFound('企业')
  const query = (text: string, params: readonly unknown[]) => reader.all(text, params)
  const today = dayOf(now)
  const requirements = await askedNow(query)
  const rules = rulesFrom(await query('select key, value from setting', []))
  const evidence = (await evidenceOf(query, [id], requirements, today)).get(id)!
  const judged = judge(requirements, evidence, today, { submittedCounts: rules.dossierSubmittedCounts === 1 })
  const documents = Map.groupBy(await ctx.em.find(DossierDocument, { enterprise: id }, { orderBy: { issue: 'desc' } }), ({ code }) => code)
  const [kept] = await reader.all('select started_on from dossier where enterprise_id = ?', [id])
  const { percent, complete, partsComplete, demanded, met } = judged
  const { dossierFarDays } = rules
  return {
    ...{ enterprise: id, startedOn: (kept?.['started_on'] as string | null) ?? null, percent, complete, partsComplete, demanded, met },
    parts: judged.parts.map(({ standings, ...part }) => ({
      ...part,
      requirements: standings.map(({ requirement, gap }) => {
        const asked = requirements.find(({ code }) => code === requirement.code)!
        return {
          ...{ id: asked.id, code: asked.code, title: asked.title, demand: asked.demand, kind: asked.kind, source: asked.source ?? null },
          ...{ element: asked.element, needsValidUntil: !!asked.needsValidUntil, validMonths: asked.validMonths },
          ...{ gap: gap?.kind ?? null, words: gap?.words ?? null },
          records: asked.kind === RequirementKind.RECORD ? (evidence.records.get(asked.code) ?? 0) : null,
          documents: documents.get(asked.code) ?? [],
        }
      }),
    })),
    expiring: await expiringBy(ctx, addDays(today, dossierFarDays), id),
  }
}

/** Papers that run out until that day, the earliest first, in the reader's scope. */
export async function expiringBy({ reader, actor, now }: SignedIn, until: string, enterprise?: string): Promise<ExpiringItem[]> {
  const found = expiringSql(actor.scope, until, enterprise)
  const rows = await reader.all(`select * from (${found.sql}) x order by expires_on, record limit 500`, found.params)
  return rows.map((row) => expiringOf(row, dayOf(now)))
}
