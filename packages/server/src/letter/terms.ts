import { registerEnumType } from 'type-graphql'
import { worded } from '../shared/words.js'

/** 文书种类 (domain.md §7.1–7.6). */
export enum LetterKind {
  NOTICE = 'NOTICE',
  COMMITMENT = 'COMMITMENT',
  RECTIFICATION_NOTICE = 'RECTIFICATION_NOTICE',
  STATUTORY_ORDER = 'STATUTORY_ORDER',
  REVIEW_OPINION = 'REVIEW_OPINION',
  LISTING = 'LISTING',
  DELISTING = 'DELISTING',
  TRANSFER = 'TRANSFER',
  EXTENSION_REPLY = 'EXTENSION_REPLY',
}
const KINDS: Record<LetterKind, string> = {
  NOTICE: '告知书',
  COMMITMENT: '承诺书',
  RECTIFICATION_NOTICE: '整改通知书',
  STATUTORY_ORDER: '责令限期整改指令书',
  REVIEW_OPINION: '整改复查意见书',
  LISTING: '挂牌督办通知书',
  DELISTING: '摘牌通知书',
  TRANSFER: '移送书',
  EXTENSION_REPLY: '延期答复书',
}
registerEnumType(LetterKind, { name: 'LetterKind', description: '文书种类', valuesConfig: worded(KINDS) })
export const kindName = (kind: LetterKind): string => KINDS[kind]

export enum LetterStage {
  ISSUED = 'ISSUED',
  DELIVERED = 'DELIVERED',
  COMPLETE = 'COMPLETE',
  REPLACED = 'REPLACED',
  VOID = 'VOID',
}
registerEnumType(LetterStage, {
  name: 'LetterStage',
  description: '文书状态',
  valuesConfig: worded({ ISSUED: '已签发，待签收', DELIVERED: '已签收，份数未齐', COMPLETE: '已办结', REPLACED: '已换签', VOID: '已作废' }),
})
const { ISSUED, DELIVERED, COMPLETE, REPLACED, VOID } = LetterStage
export const NEXT: Record<LetterStage, readonly LetterStage[]> = {
  ISSUED: [DELIVERED, REPLACED, VOID],
  DELIVERED: [COMPLETE, REPLACED, VOID],
  COMPLETE: [REPLACED, VOID],
  REPLACED: [],
  VOID: [],
}
/** In force: neither replaced nor void. */
export const LIVE: readonly LetterStage[] = [ISSUED, DELIVERED, COMPLETE]
/** The receipt is signed. */
export const SERVED: readonly LetterStage[] = [DELIVERED, COMPLETE]

/** Who signs: the notice the principal, the commitment the legal representative; two roles, maybe two people (domain.md §0.3). */
export enum SignerRole {
  PRINCIPAL = 'PRINCIPAL',
  LEGAL_REP = 'LEGAL_REP',
  BRANCH_HEAD = 'BRANCH_HEAD',
  RECEIVER = 'RECEIVER',
}
const SIGNERS: Record<SignerRole, string> = { PRINCIPAL: '主要负责人', LEGAL_REP: '法定代表人', BRANCH_HEAD: '负责人（分支机构等）', RECEIVER: '接收人' }
registerEnumType(SignerRole, { name: 'SignerRole', description: '签收人身份', valuesConfig: worded(SIGNERS) })
export const signerName = (role: SignerRole): string => SIGNERS[role]

/** Where one copy goes (domain.md §7.1). */
export enum CopyHolder {
  ENTERPRISE = 'ENTERPRISE',
  BOARD = 'BOARD',
  STATION = 'STATION',
  TOWN = 'TOWN',
  RECEIVER = 'RECEIVER',
  ISSUER = 'ISSUER',
}
const HOLDERS: Record<CopyHolder, string> = {
  ENTERPRISE: '企业留存备查',
  BOARD: '企业公示栏公示',
  STATION: '行业主管站所备案',
  TOWN: '镇安办备案',
  RECEIVER: '接收单位留存',
  ISSUER: '签发单位存档',
}
registerEnumType(CopyHolder, { name: 'CopyHolder', description: '一份文书的去处', valuesConfig: worded(HOLDERS) })
export const holderName = (holder: CopyHolder): string => HOLDERS[holder]

const FOUR = [CopyHolder.ENTERPRISE, CopyHolder.BOARD, CopyHolder.STATION, CopyHolder.TOWN] as const
const TWO = [CopyHolder.ENTERPRISE, CopyHolder.ISSUER] as const

interface Rule {
  /** The copies, in the order of their numbers. */
  copies: readonly CopyHolder[]
  signers: readonly SignerRole[]
  /** 文种代字, in the number. */
  series: string
  /** Issued from a hazard, and only from one. */
  ofHazard: boolean
}
const { PRINCIPAL, LEGAL_REP, BRANCH_HEAD, RECEIVER } = SignerRole
const ofHazard = (series: string): Rule => ({ copies: TWO, signers: [PRINCIPAL, LEGAL_REP, RECEIVER], series, ofHazard: true })
export const RULES: Record<LetterKind, Rule> = {
  NOTICE: { copies: FOUR, signers: [PRINCIPAL], series: '安告', ofHazard: false },
  COMMITMENT: { copies: FOUR, signers: [LEGAL_REP, BRANCH_HEAD], series: '安承', ofHazard: false },
  RECTIFICATION_NOTICE: ofHazard('安改'),
  STATUTORY_ORDER: ofHazard('应急责改'),
  REVIEW_OPINION: ofHazard('安复查'),
  LISTING: ofHazard('安挂'),
  DELISTING: ofHazard('安摘'),
  TRANSFER: { ...ofHazard('安移'), copies: [CopyHolder.RECEIVER, CopyHolder.ISSUER], signers: [RECEIVER] },
  EXTENSION_REPLY: ofHazard('安延'),
}
