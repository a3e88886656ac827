import { fields, type Paper, picture, signing, text, title, heading, gap } from '../paper/paper.js'
import type { SignedIn } from '../shared/context.js'
import { dateText } from '../paper/paper.js'
import { dayOf } from '../shared/days.js'
import { nameOf } from '../shared/read/names.js'
import type { Nomination } from './nomination.entity.js'
import { NOMINATION_NAME, NominationKind, NominationStage } from './terms.js'

const OPINION: Record<NominationStage, string> = { DRAFT: '', SUBMITTED: '', ACCEPTED: '同意采用，予以公布。', RETURNED: '退回补充。' }

/** 推荐表: what the station signs and the town office answers. */
export async function nominationPaper(ctx: SignedIn, nomination: Nomination, photos: readonly Buffer[]): Promise<Paper> {
  const { kind, experience, submittedAt, decidedAt, stage, remark } = nomination
  const [campaign, firm, post] = [nomination.campaign.unwrap(), nomination.enterprise.unwrap(), nomination.post?.unwrap()]
  const [village, station] = [await nameOf(ctx, 'division', nomination.division), await nameOf(ctx, 'station', nomination.station)]
  const name = `${NOMINATION_NAME[kind]}推荐表`
  const rows: [string, string][] = [
    ['行动', campaign.title],
    ['文号', campaign.number ?? '—'],
    ['企业', firm.name],
    ['所属村', village ?? '—'],
    ['行业', firm.trade ?? '—'],
    ['推荐单位', station ?? campaign.officeLabel],
    ...(kind === NominationKind.POST ? ([['岗位', post ? `${post.workshop} ${post.name}` : '—']] as [string, string][]) : []),
    ['推荐标题', nomination.title],
  ]
  return {
    name,
    blocks: [
      title(name),
      fields(rows),
      heading('一、经验做法'),
      ...experience
        .split('\n')
        .filter((line) => line.trim())
        .map((line) => text(line.trim())),
      ...(photos.length ? [heading('二、现场照片'), ...photos.map((photo, i) => picture(photo, 110, `照片 ${i + 1}`))] : []),
      gap(),
      signing({ label: '推荐单位（盖章）：' }, { label: '日期：', value: dateText(submittedAt ? dayOf(submittedAt) : undefined) }),
      gap(),
      text(`${campaign.officeLabel}意见：${OPINION[stage]}${decidedAt ? (remark ?? '') : ''}`, { indent: false }),
      signing({ label: `${campaign.officeLabel}（盖章）：` }, { label: '日期：', value: dateText(decidedAt ? dayOf(decidedAt) : undefined) }),
    ],
  }
}
