import { Unique } from '@mikro-orm/decorators/legacy'
import { Choice, Day, Facts, Id, Instant, Text, Thing, Whole } from '../shared/datum.js'
import { instant } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { Refusal } from '../shared/refusal.js'
import { readDocumentNumber } from './documentNumber.js'
import { CAMPAIGN_STAGE, CampaignStage } from './terms.js'

const [FIRST_YEAR, LAST_YEAR] = [2000, 2100]
/** One office under several labels in one paper (domain.md §0.3): which one a town prints is its own matter. */
export const OFFICE_LABEL = '镇安办'

@Facts('CampaignInput')
export abstract class CampaignFacts extends Recorded {
  @Whole('年度') year!: number
  @Text('行动名称', { max: 60 }) title!: string
  @Text('发文字号', { max: 60, nullable: true }) number?: string
  @Text('发文单位', { max: 60 }) issuer!: string
  @Day('印发日期', { nullable: true }) issuedOn?: string
  @Text('依据', { nullable: true }) basis?: string
  @Text('目标任务', { nullable: true }) goal?: string
  @Text('镇安办的叫法', { max: 20, filter: false }) officeLabel!: string
}

/** 专项行动 of one town in one year: the plan's paper, its phases and its tasks. Public to everybody who has signed in once it runs. */
@Thing('专项行动', { table: 'campaign', scope: 'open' })
@Unique({ properties: ['division', 'year', 'title'] })
export class Campaign extends CampaignFacts {
  @Text('镇（区划代码）', { max: 12, index: true }) division!: string
  @Choice('状态', CampaignStage) stage: CampaignStage = CampaignStage.DRAFT
  @Id('由哪个行动复制', { nullable: true, filter: false }) copiedFrom?: string
  @Instant('启动时间', { nullable: true }) startedAt?: string
  @Instant('结束时间', { nullable: true }) closedAt?: string
  @Text('结束说明', { nullable: true }) closeNote?: string

  describe(facts: CampaignFacts): void {
    const said = (field: 'title' | 'issuer', label: string, most: number): string => {
      const text = facts[field]?.trim() ?? ''
      if (!text) throw new Refusal('MISSING', `请填写${label}`, { field })
      if (text.length > most) throw new Refusal('TOO_LONG', `${label}最多 ${most} 个字`, { field })
      return text
    }
    if (!(facts.year >= FIRST_YEAR && facts.year <= LAST_YEAR))
      throw new Refusal('OUT_OF_RANGE', `年度应在 ${FIRST_YEAR} 至 ${LAST_YEAR} 之间`, { field: 'year' })
    this.year = facts.year
    this.title = said('title', '行动名称', 60)
    this.issuer = said('issuer', '发文单位', 60)
    this.officeLabel = facts.officeLabel?.trim() || OFFICE_LABEL
    this.take('number', facts.number?.trim() ? readDocumentNumber(facts.number) : undefined)
    this.take('issuedOn', facts.issuedOn ?? undefined)
    this.take('basis', facts.basis?.trim())
    this.take('goal', facts.goal?.trim())
  }

  /** 启动: from now on its tasks count, and everybody sees it. */
  start(at: Date, made: { phases: number; tasks: number }): void {
    if (this.stage !== CampaignStage.DRAFT) throw this.wrongStage('启动')
    if (!this.number) throw new Refusal('MISSING', '请先填写发文字号', { field: 'number' })
    if (!made.phases) throw new Refusal('CAMPAIGN_EMPTY', '还没有实施阶段，请先添加')
    if (!made.tasks) throw new Refusal('CAMPAIGN_EMPTY', '还没有分解任务，请先添加')
    this.stage = CampaignStage.RUNNING
    this.startedAt = instant(at)
  }

  /** 结束: its figures stay as they stood at this moment. */
  close(at: Date, note: string): void {
    if (this.stage !== CampaignStage.RUNNING) throw this.wrongStage('结束')
    if (!note.trim()) throw new Refusal('MISSING', '请写明结束说明：任务完成得怎样，没完成的怎么办', { field: 'note' })
    this.stage = CampaignStage.CLOSED
    this.closedAt = instant(at)
    this.closeNote = note.trim()
  }

  needOpen(what: string): void {
    if (this.stage === CampaignStage.CLOSED) throw this.wrongStage(what)
  }
  needRunning(what: string): void {
    if (this.stage !== CampaignStage.RUNNING) throw this.wrongStage(what)
  }

  private wrongStage(what: string): Refusal {
    return new Refusal('WRONG_STAGE', `这个行动${CAMPAIGN_STAGE[this.stage]}，不能${what}`)
  }

  private take(field: 'number' | 'issuedOn' | 'basis' | 'goal', value: string | undefined): void {
    if (value) this[field] = value
    else delete this[field]
  }
}
