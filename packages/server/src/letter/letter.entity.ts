import type { Ref } from '@mikro-orm/core'
import { Index, Unique } from '@mikro-orm/decorators/legacy'
import { CODE_LENGTH, Division, Station } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Hazard } from '../hazard/hazard.entity.js'
import type { Actor, Role } from '../shared/context.js'
import { Choice, Day, Derived, Flag, Id, Instant, Link, Lookup, Text, Thing, Whole } from '../shared/datum.js'
import { instant } from '../shared/days.js'
import { Recorded } from '../shared/recorded.entity.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { LetterAct, lettersActs } from './acts.js'
import type { LetterCopy } from './letterCopy.entity.js'
import * as may from './rights.js'
import { kindName, LetterKind, LetterStage, NEXT, RULES, SERVED, signerName, SignerRole } from './terms.js'

const { ISSUED, DELIVERED, COMPLETE, REPLACED, VOID } = LetterStage
const NAME_READERS: readonly Role[] = ['ADMIN', 'TOWN_OFFICE', 'STATION', 'VILLAGE', 'ENTERPRISE']

/** The signed receipt: who signed as what, and the paper or the drawn signature that shows it. */
export interface Receipt {
  name: string
  role: SignerRole
  /** SHA-256 of the drawn signature. */
  signature?: string | undefined
  /** Photos or scans of the signed paper. */
  papers: number
}

/**
 * 文书: notice, commitment, orders and opinions. What it says is frozen with its hash when it is issued; a reprint has the
 * same number and the same words. Delivered when the receipt is signed, complete when every copy has its own (domain.md §7.1).
 */
@Thing('文书', { table: 'letter', scope: { division: 'division', station: 'station', enterprise: 'enterprise' } })
@Unique({ properties: ['issuer', 'series', 'year', 'serial'] })
@Index({ properties: ['enterprise', 'kind', 'year'] })
export class Letter extends Recorded {
  @Choice('文书种类', LetterKind) kind!: LetterKind
  @Text('文号', { max: 60, index: true }) number!: string
  @Choice('状态', LetterStage) stage: LetterStage = ISSUED
  @Text('标题', { max: 120, filter: false }) title!: string
  @Link('企业', () => Enterprise, { many: { name: 'letters', label: '文书' } }) enterprise!: Ref<Enterprise>
  @Text('区划代码', { max: 12, index: true }) division!: string
  @Text('站所代码', { max: 40, nullable: true, index: true }) station?: string
  @Lookup('所属村', () => Division, { name: 'division', to: 'code' }, { many: { name: 'letters', label: '文书（村）' } }) village?: Division
  @Lookup('所属镇', () => Division, { name: 'division', to: 'code', length: CODE_LENGTH.TOWN }) town?: Division
  @Lookup('行业主管站所', () => Station, { name: 'station', to: 'code' }, { many: { name: 'letters', label: '文书' } }) tradeStation?: Station
  @Link('隐患', () => Hazard, { nullable: true, many: { name: 'letters', label: '文书' } }) hazard?: Ref<Hazard>

  @Text('签发单位（代码）', { max: 60 }) issuer!: string
  @Text('签发单位', { max: 60, filter: false, group: true }) issuerName!: string
  @Text('文种代字', { max: 20, filter: false }) series!: string
  @Whole('年度') year!: number
  @Whole('序号') serial!: number
  @Text('受送达单位', { max: 120 }) recipient!: string
  @Text('选定的评定标准', { max: 120, nullable: true }) standard?: string
  @Day('要求完成日期', { nullable: true }) dueOn?: string
  @Day('签发日期') issuedOn!: string
  @Id('签发人', { filter: false }) issuedBy!: string
  /** The blocks of the paper (paper.ts) as JSON; may name officers, so the log only says that it was written. */
  @Text('正文（版式）', { personal: true }) content!: string
  @Text('正文校验（SHA-256）', { max: 64, filter: false }) sha256!: string
  /** As registered when it was issued: when the enterprise has another one, it signs again. */
  @Text('签发时的法定代表人', { max: 40, nullable: true, personal: true, shown: false }) legalRep?: string

  @Instant('签收时间', { nullable: true }) deliveredAt?: string
  @Id('签收登记人', { nullable: true, filter: false }) deliveredBy?: string
  @Choice('签收人身份', SignerRole, { nullable: true }) signerRole?: SignerRole
  @Text('签收人', { max: 40, nullable: true, personal: true, read: NAME_READERS }) signerName?: string
  @Text('手写签名校验（SHA-256）', { max: 64, nullable: true, filter: false }) signature?: string
  @Instant('办结时间', { nullable: true }) completedAt?: string
  @Whole('应有份数', { filter: false }) copiesDue!: number
  @Whole('已回执份数') copiesDone: number = 0
  @Flag('须重新签订') resign: boolean = false
  @Text('须重新签订的原因', { max: 60, nullable: true, filter: false }) resignReason?: string
  @Text('作废原因', { nullable: true }) voidReason?: string
  @Link('换签自', () => Letter, { nullable: true }) replaces?: Ref<Letter>
  @Derived('我可以办理', () => [LetterAct], ['kind', 'stage', 'station', 'issuer'], (row, { actor }) =>
    actor ? lettersActs(actor, row as unknown as Letter) : [],
  )
  acts?: LetterAct[]

  /** 签收: the receipt is signed, by the role that the paper asks for. */
  deliver(by: Actor, at: Date, receipt: Receipt, firm: Enterprise): void {
    if (!may.deliver(by, this)) throw forbidden('签收由企业本人办理，或由送达的站所、镇安办登记')
    this.needStep(DELIVERED, '签收')
    const { signers } = RULES[this.kind]
    if (!signers.includes(receipt.role))
      throw new Refusal('SIGNER_ROLE', `${kindName(this.kind)}须由${signers.map(signerName).join('或')}签收`, { field: 'role' })
    if (receipt.role === SignerRole.BRANCH_HEAD && firm.legalRep)
      throw new Refusal('SIGNER_ROLE', '登记有法定代表人的单位，承诺书由法定代表人签', { field: 'role' })
    const name = receipt.name.trim()
    if (name.length < 2 || name.length > 40) throw new Refusal('MISSING', '请填写签收人姓名', { field: 'name' })
    const known = receipt.role === SignerRole.LEGAL_REP ? firm.legalRep : receipt.role === SignerRole.PRINCIPAL ? firm.principal : undefined
    if (known && known !== name)
      throw new Refusal('SIGNER_DIFFERS', `签收人与企业登记的${signerName(receipt.role)}不一致，请核对，或先更新企业资料`, { field: 'name' })
    if (!receipt.signature && !receipt.papers) throw new Refusal('RECEIPT_MISSING', '请在屏幕上签名，或上传已签字盖章的文书照片', { field: 'signature' })
    this.stage = DELIVERED
    this.deliveredAt = instant(at)
    this.deliveredBy = by.id
    this.signerRole = receipt.role
    this.signerName = name
    if (receipt.signature) this.signature = receipt.signature
  }

  /** A copy has reached its place; with the last one the letter is complete. */
  receive(by: Actor, at: Date, copy: LetterCopy, photos: number): void {
    if (!SERVED.includes(this.stage)) throw this.stage === ISSUED ? new Refusal('NOT_SIGNED', '还没有签收，请先办理签收') : this.wrongStage('登记份数')
    copy.receive(by, at, this, photos)
    this.copiesDone += 1
    if (this.copiesDone < this.copiesDue) return
    this.stage = COMPLETE
    this.completedAt = instant(at)
  }

  /** 撤回回执: one that was entered by mistake; a complete letter is again one whose copies are not all there. */
  withdrawReceipt(by: Actor, copy: LetterCopy, reason: string): void {
    if (!may.owns(by, this)) throw forbidden('回执登记错了，由签发的站所或镇安办撤回')
    if (!SERVED.includes(this.stage)) throw this.wrongStage('撤回回执')
    if (!reason.trim()) throw new Refusal('MISSING', '请写明撤回原因', { field: 'reason' })
    copy.withdraw()
    this.copiesDone -= 1
    this.stage = DELIVERED
    delete this.completedAt
  }

  /** 换签: another letter stands in its place. */
  replace(): void {
    this.needStep(REPLACED, '换签')
    this.stage = REPLACED
  }

  void(by: Actor, reason: string): void {
    if (!may.issue(by, this.kind) || !may.owns(by, this)) throw forbidden('文书由签发单位或镇安办作废')
    this.needStep(VOID, '作废')
    if (!reason.trim()) throw new Refusal('MISSING', '请写明作废原因', { field: 'reason' })
    this.stage = VOID
    this.voidReason = reason.trim()
  }

  /** 须重新签订: the name or the legal representative has changed since (domain.md §7.2). */
  askAgain(firm: Pick<Enterprise, 'name' | 'legalRep'>): void {
    const reason = firm.name !== this.recipient ? '单位名称已变更' : (firm.legalRep ?? '') !== (this.legalRep ?? '') ? '法定代表人已变更' : undefined
    if (this.kind !== LetterKind.COMMITMENT || this.resign || !reason) return
    this.resign = true
    this.resignReason = reason
  }

  private needStep(to: LetterStage, what: string): void {
    if (!NEXT[this.stage].includes(to)) throw this.wrongStage(what)
  }

  private wrongStage(what: string): Refusal {
    const now = { ISSUED: '还没有签收', DELIVERED: '已经签收', COMPLETE: '已经办结', REPLACED: '已被换签', VOID: '已经作废' }[this.stage]
    return new Refusal('WRONG_STAGE', `这份文书${now}，不能${what}`)
  }
}
