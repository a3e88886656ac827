import type { Ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { act, type Acting } from '../shared/act.js'
import { addDays, type Day, instant } from '../shared/days.js'
import type { Reader } from '../shared/read/reader.js'
import { EVERYWHERE } from '../shared/scope.js'
import { type Expiring, expiringOf, expiringSql } from './expiring.js'
import { ExpiryNotice } from './expiryNotice.entity.js'
import { keepDossiers } from './keep.js'
import { noticeDays, rulesFrom } from './rules.js'

const BATCH = 500

/**
 * The daily work of the dossiers: what ran out over night no longer counts, enterprises of a large ledger get theirs, and
 * whoever must know is told once for each paper and step. Run again or late, it gives the same.
 */
export async function keepDossiersDaily(acting: () => Acting, reader: Reader, today: Day): Promise<{ changed: number; notices: number }> {
  const rows = await reader.all('select id from enterprise order by id')
  const ids = rows.map((row) => String(row['id']))
  let changed = 0
  for (let i = 0; i < ids.length; i += BATCH) {
    const doing = acting()
    const part = ids.slice(i, i + BATCH)
    changed += await act(doing, 'dossierKeep', ({ em, log }) => keepDossiers({ em, log, now: doing.now }, part))
  }
  return { changed, notices: await tellOfExpiry(acting, reader, today) }
}

/** Enterprises that came in a ledger too long to be judged in its own act get their dossiers here, at the next look. */
export async function openNewDossiers(acting: () => Acting, reader: Reader): Promise<void> {
  const rows = await reader.all(
    'select e.id from enterprise e where not exists (select 1 from dossier d where d.enterprise_id = e.id) order by e.id limit 20000',
  )
  for (let i = 0; i < rows.length; i += BATCH) {
    const doing = acting()
    const part = rows.slice(i, i + BATCH).map((row) => String(row['id']))
    await act(doing, 'dossierKeep', ({ em, log }) => keepDossiers({ em, log, now: doing.now }, part))
  }
}

/** Whom it concerns: the enterprise that must renew, and its station; without a station the town office. */
const audiencesOf = ({ station }: Expiring) => ['ENTERPRISE', station ? 'STATION' : 'TOWN_OFFICE']

async function tellOfExpiry(acting: () => Acting, reader: Reader, today: Day): Promise<number> {
  const steps = noticeDays(rulesFrom(await reader.all('select key, value from setting')))
  const found = expiringSql(EVERYWHERE, addDays(today, Math.max(...steps)))
  const items = (await reader.all(`${found.sql} order by record`, found.params)).map((row) => expiringOf(row, today))
  let written = 0
  for (let i = 0; i < items.length; i += BATCH) {
    const part = items.slice(i, i + BATCH)
    const doing = acting()
    written += await act(doing, 'expiryTell', async ({ em }) => {
      const known = new Set((await em.find(ExpiryNotice, { record: { $in: part.map(({ record }) => record) } })).map(keyOf))
      const notices = part
        .flatMap((item) => noticesOf(item, em.getReference(Enterprise, item.enterprise, { wrapped: true }), steps, today, doing.now))
        .filter((notice) => !known.has(keyOf(notice)))
      em.persist(notices)
      return notices.length
    })
  }
  return written
}

const keyOf = ({ record, expiresOn, step, audience }: ExpiryNotice) => [record, expiresOn, step, audience].join('|')

/** Of the steps that have come only the nearest is told; -1 is the day after the end. */
function noticesOf(item: Expiring, enterprise: Ref<Enterprise>, steps: readonly number[], today: Day, now: Date): ExpiryNotice[] {
  const { daysLeft, expiresOn, name, record, part, enterpriseName, division, station } = item
  const step = daysLeft < 0 ? -1 : Math.min(...steps.filter((days) => daysLeft <= days))
  const when = daysLeft < 0 ? `已于 ${expiresOn} 过期` : daysLeft === 0 ? `今天到期（${expiresOn}）` : `还有 ${daysLeft} 天到期（${expiresOn}）`
  return audiencesOf(item).map((audience) =>
    Object.assign(new ExpiryNotice(), {
      ...{ enterprise, division, part, record, audience, expiresOn, step, day: today, createdAt: instant(now) },
      ...(station ? { station } : {}),
      text: `${enterpriseName}：${name}${when}`,
    }),
  )
}
