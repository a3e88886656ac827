import { createHash } from 'node:crypto'
import { retell } from '../checklist/normWords.js'
import { act } from '../shared/act.js'
import type { SignedIn } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { readWorkbook } from '../shared/excel.js'
import { Refusal } from '../shared/refusal.js'
import { loadNorm, needKeeper } from '../standard/keeping.js'
import { type Norm, NormKind } from '../standard/norm.entity.js'
import { judgeNorm, knownOf, writeNorm, type NormSaid } from './judgeNorm.js'
import { NORM_SHAPE } from './normColumns.js'
import { type LedgerReport, reportOf } from './report.js'
import { findTable } from './table.js'
import { type Accepted, isAccepted } from './verdict.js'

export interface NormWish {
  norm: string
  bytes: Uint8Array
  fileName: string
  dryRun?: boolean
  skipRefused?: boolean
  /** Of the file that was previewed; another file is refused. */
  digest?: string | undefined
}

/** Items of a draft from a workbook: a verdict for every row, then all the accepted ones in one act, or none. */
export async function importNorm(ctx: SignedIn, wish: NormWish): Promise<LedgerReport> {
  const digest = createHash('sha256').update(wish.bytes).digest('hex')
  if (wish.digest && wish.digest !== digest) throw new Refusal('FILE_CHANGED', '文件在预览之后改过，请重新预览')
  needEditable(await loadNorm(ctx, ctx.em, wish.norm))
  const table = findTable(await readWorkbook(wish.bytes), NORM_SHAPE)
  const report = (verdicts: ReturnType<typeof judgeNorm>, written: boolean) => reportOf('normItems', wish.fileName, digest, table, verdicts, written)
  const writable = (verdicts: ReturnType<typeof judgeNorm>) => wish.skipRefused || verdicts.every(isAccepted)
  return act(
    ctx,
    'normImport',
    async ({ em }) => {
      const norm = await loadNorm(ctx, em, wish.norm)
      needEditable(norm)
      await needKeeper(em, ctx.actor, norm)
      const known = await knownOf(em, norm)
      const judged = judgeNorm(table, known)
      if (wish.dryRun || !writable(judged)) return report(judged, false)
      writeNorm(em, norm, known, judged.filter(isAccepted) as Accepted<NormSaid>[], instant(ctx.now))
      await retell(em, norm)
      return report(judged, true)
    },
    `导入检查项：${wish.fileName}`,
  )
}

function needEditable(norm: Norm): void {
  norm.needDraft()
  if (norm.kind !== NormKind.INSPECTION_CHECKLIST) throw new Refusal('NORM_KIND', '只有“安全生产检查清单”这一种规范有检查项')
}
