import { Division, DivisionLevel } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { gap, type Paper, type PaperSize, qr, text, title } from '../paper/paper.js'
import type { Role, SignedIn } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { inDivision } from '../shared/scope.js'

export const POSTER_ROLES: readonly Role[] = ['TOWN_OFFICE', 'STATION', 'VILLAGE']

/** Letters and code of each size, as large as the sheet allows: read from two metres. */
const SIZES: Partial<Record<PaperSize, { qr: number; body: { size: number; pitch: number } }>> = {
  A4: { qr: 92, body: { size: 17, pitch: 29 } },
  A3: { qr: 150, body: { size: 25, pitch: 42 } },
}

interface Wanted {
  village?: string
  enterprise?: string
  size?: string
}

/** 海报: one for an enterprise, for a village, or for every village of the asker's; the code says which. */
export async function postersOf(context: SignedIn, { village, enterprise, size = 'A4' }: Wanted, publicUrl: string): Promise<Paper[]> {
  const sheet = SIZES[size as PaperSize]
  if (!sheet) throw new Refusal('POSTER_SIZE', '海报只有 A4 和 A3 两种', { field: 'size' })
  const base = `${publicUrl.replace(/\/+$/, '')}/report`
  const draw = (name: string, query: string): Paper => poster(name, `${base}?${query}`, size as PaperSize, sheet)
  if (enterprise) {
    const firm = await context.em.findOne(Enterprise, { id: enterprise })
    if (!firm) throw notFound('企业')
    return [draw(firm.name, `e=${firm.id}`)]
  }
  const today = dayOf(context.now)
  const all = await context.em.find(Division, { level: DivisionLevel.VILLAGE, ...(village ? { code: village } : {}) }, { orderBy: { code: 'asc' } })
  const mine = all.filter(({ code, validTo }) => inDivision(code, context.actor.scope.division) && !(validTo && validTo < today))
  if (!mine.length) throw notFound('村')
  return mine.map(({ name, code }) => draw(name, `v=${code}`))
}

function poster(name: string, url: string, size: PaperSize, sheet: { qr: number; body: { size: number; pitch: number } }): Paper {
  const { size: letter } = sheet.body
  const line = (said: string, more: { bold?: boolean; size?: number } = {}) => text(said, { align: 'centre', indent: false, ...more })
  return {
    name: `隐患随手拍 ${name}`,
    size,
    numbered: false,
    body: sheet.body,
    blocks: [
      title('安全隐患随手拍'),
      line(name, { bold: true, size: letter * 1.3 }),
      gap(0.5),
      qr(url, sheet.qr),
      line('微信扫一扫，不用注册，可以匿名', { bold: true }),
      gap(0.5),
      line('通道被堵、电线乱拉、违规动火……看到就拍下来'),
      line('提交后得到一个查询码，凭它随时看办理进度'),
      line('您的联系方式企业看不到；镇安办会为举报人保密'),
      gap(0.5),
      line('正在起火、有人受伤，请先拨打 119、120', { bold: true }),
    ],
  }
}
