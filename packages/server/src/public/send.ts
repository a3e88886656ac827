import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import type { Accepted } from '../attachment/accept.js'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { nameOf } from '../attachment/files.js'
import { Division, DivisionLevel } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { type Acting, act } from '../shared/act.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { addDays, type Day, dayOf, instant, monthOf } from '../shared/days.js'
import { Refusal } from '../shared/refusal.js'
import { PublicContact } from './publicContact.entity.js'
import { PublicReport } from './publicReport.entity.js'
import { publicRules } from './rules.js'
import { receiptHash, receiptOf, seal } from './seal.js'
import type { SentReport } from './sent.js'

export const PUBLIC_SENDER = 'public'

/** JB-202611-106201-0001: month, town and village, running number, for the office; the informant has his receipt. */
export const seriesOfReports = (day: Day, division: string): string => `JB-${monthOf(day).replace('-', '')}-${division.slice(6).padEnd(6, '0')}`
export const reportNumber = (series: string, n: number): string => `${series}-${String(n).padStart(4, '0')}`

/** A village of today; a code of yesterday may still hang on a wall. */
export async function villageOf(em: SqlEntityManager, code: string, today: Day): Promise<Division> {
  const village = await em.findOne(Division, { code, level: DivisionLevel.VILLAGE })
  if (!village) throw new Refusal('PLACE_UNKNOWN', '没有这个村，请重新选择', { field: 'village' })
  if ((village.validTo && village.validTo < today) || (village.validFrom && village.validFrom > today))
    throw new Refusal('PLACE_CLOSED', `“${village.name}”的编码已停用，请在列表里重新选择所在的村`, { field: 'village' })
  return village
}

/** 提交举报: one act of nobody; the receipt number is the only thing its sender learns. */
export async function sendReport(acting: Acting, secret: string, sent: SentReport, photos: readonly Accepted[]): Promise<string> {
  const receipt = receiptOf(secret, sent.key)
  const { now } = acting
  const today = dayOf(now)
  await act(acting, 'publicReportSend', async ({ em }) => {
    const rules = await publicRules(em)
    const village = await villageOf(em, sent.village, today)
    const firm = sent.enterprise ? await em.findOne(Enterprise, { id: sent.enterprise }, { filters: false }) : null
    const series = seriesOfReports(today, village.code)
    const report = Object.assign(new PublicReport(), {
      ...{ number: reportNumber(series, await takeNumbers(em, series)), division: village.code, place: sent.place, content: sent.content },
      ...{ photos: photos.length, contactKept: !!sent.contact, receivedOn: today, triageDueOn: addDays(today, rules.triageDays) },
      ...{ receiptHash: receiptHash(receipt), createdAt: instant(now) },
      ...(sent.about ? { about: sent.about } : {}),
      // What hangs at the enterprise names it; a village chosen by hand says that the poster hung elsewhere.
      ...(firm && firm.division === village.code ? { enterprise: ref(firm) } : {}),
    })
    em.persist(report)
    if (sent.contact) em.persist(Object.assign(new PublicContact(), { report: ref(report), sealed: seal(secret, sent.contact), createdAt: instant(now) }))
    photos.forEach((photo, i) => em.persist(photographOf(photo, report, i + 1, instant(now))))
  })
  return receipt
}

/** Nothing of the file but its pixels is kept, its name included: phones name photos by the minute and the owner. */
function photographOf({ mime, bytes, width, height, print }: Accepted, report: PublicReport, n: number, at: string): Attachment {
  return Object.assign(new Attachment(), {
    ...{ name: `现场照片${n}.jpg`, mime, sha256: nameOf(bytes), bytes: bytes.length, uploadedBy: PUBLIC_SENDER, createdAt: at },
    ...{ division: report.division, ofThing: 'PublicReport', ofRecord: report.id, purpose: AttachmentPurpose.EVIDENCE },
    ...(width && height ? { width, height } : {}),
    ...(print ? { print } : {}),
  })
}
