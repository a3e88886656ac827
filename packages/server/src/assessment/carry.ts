import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Field, ObjectType } from 'type-graphql'
import { notFound, Refusal } from '../shared/refusal.js'
import { type Assessment, AssessmentAnswer, AssessmentVeto, Deduction } from './assessment.entity.js'
import { answerOf } from './onAssessment.js'
import { AssessmentStandard, ElementMapping, StandardVeto } from './standard.entity.js'
import { itemsOf } from './tally.js'
import { Carry } from './terms.js'

@ObjectType({ description: '换版时一个条目怎么办', simpleResolvers: true })
export class Carried {
  @Field(() => String, { nullable: true, description: '原条目' }) fromCode!: string | null
  @Field(() => String, { nullable: true, description: '新条目' }) toCode!: string | null
  @Field(() => Carry) carry!: Carry
}

/**
 * How the items of one standard become those of another: by the table where it speaks; of two editions of one standard the
 * same code is the same item. Of two standards without a table nothing is known: item 1.1 of one is not item 1.1 of the other.
 */
export async function pathOf(em: SqlEntityManager, from: string, to: string): Promise<Carried[]> {
  const [old, next] = [await itemsOf(em, from), await itemsOf(em, to)]
  const told = await em.find(ElementMapping, {
    $or: [
      { from, to },
      { from: to, to: from },
    ],
  })
  const pairs = new Map<string, { code: string; carry: Carry }>()
  for (const { from: source, fromCode, toCode, carry } of told) {
    const [here, there] = source.id === from ? [fromCode, toCode] : [toCode, fromCode]
    if (here && there) pairs.set(there, { code: here, carry })
  }
  const alike = !told.length && (await codeOf(em, from)) === (await codeOf(em, to))
  const known = new Set(alike ? old.map(({ code }) => code) : [])
  const sameText = new Map(old.map(({ code, requirement }) => [code, requirement]))
  const used = new Set<string>()
  const onward = next.map(({ code, requirement }): Carried => {
    const pair = pairs.get(code)
    const source = pair?.code ?? (known.has(code) ? code : undefined)
    if (!source) return { fromCode: null, toCode: code, carry: Carry.NEW }
    used.add(source)
    return { fromCode: source, toCode: code, carry: pair?.carry ?? (sameText.get(source) === requirement ? Carry.SAME : Carry.CHECK_AGAIN) }
  })
  return [...onward, ...old.filter(({ code }) => !used.has(code)).map(({ code }) => ({ fromCode: code, toCode: null, carry: Carry.DROPPED }))]
}

const codeOf = async (em: SqlEntityManager, id: string): Promise<string | undefined> => (await em.findOne(AssessmentStandard, { id }))?.code

/**
 * Moves an assessment to another edition. Answers are copied along the path; those of the edition left behind stay as
 * they are, so that moving back finds them. An item answered in the new edition before keeps that answer.
 */
export async function carryOver(em: SqlEntityManager, assessment: Assessment, to: string, createdAt: string): Promise<void> {
  const standard = await em.findOne(AssessmentStandard, { id: to, published: true })
  if (!standard) throw new Refusal('NOT_FOUND', notFound('评定标准').message, { field: 'standard' })
  const from = assessment.standard.id
  if (from === to) throw new Refusal('ALREADY', '自评已经用这一版标准', { field: 'standard' })
  const [old, next] = [await itemsOf(em, from), await itemsOf(em, to)]
  const answers = await em.find(AssessmentAnswer, { assessment: assessment.id })
  const oldByCode = new Map(old.map((item) => [item.code, item.id]))
  const nextByCode = new Map(next.map((item) => [item.code, item]))
  for (const { fromCode, toCode, carry } of await pathOf(em, from, to)) {
    if (!fromCode || !toCode) continue
    const said = answers.find((answer) => answer.element.id === oldByCode.get(fromCode))
    const item = nextByCode.get(toCode)!
    if (!said || answers.some((answer) => answer.element.id === item.id)) continue
    const answer = await answerOf(em, assessment, item, createdAt)
    answer.na = said.na
    answer.recheck = carry === Carry.CHECK_AGAIN || said.recheck
    if (said.naReason) answer.naReason = said.naReason
    if (said.note) answer.note = said.note
    for (const found of await em.find(Deduction, { answer: said.id, withdrawnOn: null })) copyDeduction(em, found, answer, item.pointsTenths!, createdAt)
  }
  assessment.standard = ref(standard)
  await addVetoes(em, assessment, to, createdAt)
}

function copyDeduction(em: SqlEntityManager, found: Deduction, answer: AssessmentAnswer, most: number, createdAt: string): void {
  const { id: _id, version: _version, createdAt: _at, ...told } = found
  em.persist(Object.assign(new Deduction(), told, { answer: ref(answer), tenths: Math.min(found.tenths, most), createdAt }))
}

async function addVetoes(em: SqlEntityManager, assessment: Assessment, standard: string, createdAt: string): Promise<void> {
  const known = new Set((await em.find(AssessmentVeto, { assessment: assessment.id })).map(({ text }) => text))
  const { enterprise, division, station } = assessment
  for (const { text } of await em.find(StandardVeto, { standard }))
    if (!known.has(text))
      em.persist(Object.assign(new AssessmentVeto(), { assessment: ref(assessment), enterprise, division, ...(station ? { station } : {}), text, createdAt }))
}
