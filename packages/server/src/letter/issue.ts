import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Division, Station, townOf } from '../division/division.entity.js'
import type { Enterprise } from '../enterprise/enterprise.entity.js'
import { placeOf } from '../enterprise/standing.js'
import type { Hazard } from '../hazard/hazard.entity.js'
import type { Actor, SignedIn } from '../shared/context.js'
import { takeNumbers } from '../shared/counter.entity.js'
import { type Day, dayOf, instant } from '../shared/days.js'
import { forbidden, Refusal } from '../shared/refusal.js'
import { compose } from './compose.js'
import { Letter } from './letter.entity.js'
import type { LetterFacts } from './letterFacts.js'
import { LetterCopy } from './letterCopy.entity.js'
import * as may from './rights.js'
import { type CopyHolder, kindName, LetterKind, LIVE, RULES } from './terms.js'
import type { Subject } from './wording/subject.js'

/** Who signs as issuer: the township for the campaign's two papers (the station only hands them over), else the actor's own office. */
export interface Issuer {
  code: string
  name: string
  /** 机关代字: what the number begins with. */
  sign: string
}

export async function issuerOf(em: SqlEntityManager, actor: Actor, kind: LetterKind, division: string): Promise<Issuer> {
  const town = await em.findOne(Division, { code: townOf(division) })
  const own = actor.station ? await em.findOne(Station, { code: actor.station }) : undefined
  return issuerFor(actor, kind, { code: townOf(division), name: town?.name ?? '本镇' }, own ?? undefined)
}

export function issuerFor(
  actor: Pick<Actor, 'role'>,
  kind: LetterKind,
  town: Pick<Division, 'code' | 'name'>,
  own?: Pick<Station, 'code' | 'name' | 'authorised'>,
): Issuer {
  const { code, name } = town
  const place = name.replace(/(镇|乡|街道)$/, '')
  const order = kind === LetterKind.STATUTORY_ORDER
  if (order && !own?.authorised) throw forbidden('责令限期整改指令书只能由有执法权或受委托执法的站所签发，您可以发整改通知书')
  if (!order && (!RULES[kind].ofHazard || actor.role === 'TOWN_OFFICE')) return { code, name: `${name}人民政府`, sign: place }
  if (!own) throw forbidden('您的账号没有设置站所，不能签发')
  return { code: `${code}:${own.code}`, name: `${name}${own.name}`, sign: `${place}${own.name.slice(0, 2)}` }
}

/** 〔2026〕1号: the year in full in 六角括号, the number without leading zero (GB/T 9704). */
export const numberText = (sign: string, series: string, year: number, serial: number): string => `${sign}${series}〔${year}〕${serial}号`

export interface Issue {
  kind: LetterKind
  firm: Enterprise
  facts: LetterFacts
  hazard?: Hazard | undefined
  /** What the wording knows of the hazard and its earlier letters. */
  more?: Partial<Subject> | undefined
}

export const yearOf = (facts: LetterFacts, now: Date): number => facts.year ?? Number(dayOf(now).slice(0, 4))

/** Refuses what no letter can be issued for, before a number is taken. */
export function needIssuable(actor: Actor, { kind, firm, facts }: Issue, today: Day): void {
  if (!may.issue(actor, kind)) throw forbidden(`您不能签发${kindName(kind)}`)
  if (firm.closedOn && firm.closedOn <= today) throw new Refusal('CLOSED_DOWN', `“${firm.name}”已停业或迁出`)
  if (facts.dueOn && facts.dueOn < today) throw new Refusal('DEADLINE_PAST', '要求完成日期不能早于今天', { field: 'dueOn' })
  if (facts.year !== undefined && Math.abs(facts.year - Number(today.slice(0, 4))) > 1)
    throw new Refusal('YEAR', '年度只能是去年、今年或明年', { field: 'year' })
}

/** Issues one letter inside an act: number, frozen words, hash, and a copy for each place it has to reach. */
export async function issue(em: SqlEntityManager, { actor, now }: Pick<SignedIn, 'actor' | 'now'>, issuer: Issuer, wanted: Issue): Promise<Letter> {
  const serial = await takeNumbers(em, counterOf(issuer, wanted.kind, yearOf(wanted.facts, now)))
  const { letter, copies } = drawUp({ actor, now }, issuer, serial, wanted)
  em.persist([letter, ...copies])
  return letter
}

export const counterOf = (issuer: Issuer, kind: LetterKind, year: number): string => `letter:${issuer.code}:${RULES[kind].series}:${year}`

type Blank<T> = new () => T
/** The letter and its copies as records, with their number given. */
export function drawUp(
  { actor, now }: Pick<SignedIn, 'actor' | 'now'>,
  issuer: Issuer,
  serial: number,
  { kind, firm, facts, hazard, more }: Issue,
  blank: { letter: Blank<Letter>; copy: Blank<LetterCopy> } = { letter: Letter, copy: LetterCopy },
): { letter: Letter; copies: LetterCopy[] } {
  const { series, copies } = RULES[kind]
  const [year, issuedOn] = [yearOf(facts, now), dayOf(now)]
  const number = numberText(issuer.sign, series, year, serial)
  const said = { dueOn: facts.dueOn ?? undefined, standard: facts.standard?.trim() || undefined }
  const composed = compose({ kind, number, issuerName: issuer.name, issuedOn, enterprise: firm.name, year, branch: !firm.legalRep, ...said, ...more })
  const { enterprise, division, station } = placeOf(firm)
  const stand = { enterprise, division, ...(station ? { station } : {}), createdAt: instant(now) }
  const dueOn = said.dueOn ?? hazard?.dueOn
  const letter = Object.assign(new blank.letter(), {
    ...stand,
    ...composed,
    ...{ kind, number, series, year, serial, issuedOn, issuer: issuer.code, issuerName: issuer.name, issuedBy: actor.id, copiesDue: copies.length },
    recipient: kind === LetterKind.TRANSFER ? (hazard?.transferredTo ?? firm.name) : firm.name,
    ...(firm.legalRep ? { legalRep: firm.legalRep } : {}),
    ...(said.standard ? { standard: said.standard } : {}),
    ...(dueOn ? { dueOn } : {}),
    ...(hazard ? { hazard: ref(hazard) } : {}),
  })
  const copyOf = (holder: CopyHolder, at: number) => Object.assign(new blank.copy(), { ...stand, letter: ref(letter), no: at + 1, holder })
  return { letter, copies: copies.map(copyOf) }
}

/** One notice and one commitment per enterprise and year: what is in force already, unless it has to be signed again. */
export async function supersede(em: SqlEntityManager, letter: Pick<Letter, 'kind' | 'year'>, enterprises: string[]): Promise<Map<string, Letter>> {
  const { kind, year } = letter
  const found = await em.find(Letter, { kind, year, enterprise: { $in: enterprises }, stage: { $in: [...LIVE] } })
  return new Map(found.map((one) => [one.enterprise.id, one]))
}
