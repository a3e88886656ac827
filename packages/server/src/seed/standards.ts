import { ref } from '@mikro-orm/core'
import { AssessmentStandard, ElementMapping, StandardElement, StandardLevel, StandardVeto } from '../assessment/standard.entity.js'
import type { AssessmentLevel, Carry } from '../assessment/terms.js'
import type { Recorded } from '../shared/recorded.entity.js'
import { read } from './content.js'
import { Random } from './random.js'

interface Form {
  code: string
  edition: string
  name: string
  trade: string | null
  validFrom: string
  validTo?: string
  note: string
  levels: { level: AssessmentLevel; percent: number; mostDeaths?: number; mostSerious?: number }[]
  vetoes: string[]
  elements: { code: string; name: string; points?: number; requirement?: string; deduction?: string }[]
}
const FORMS = ['gbt33000-2016', 'qz-micro-2022', 'thirteen-2011']

/** The assessment standards that ship, published; those whose code and edition are known already are left alone. */
export function shippedStandards(known: ReadonlySet<string>, createdAt: string): Recorded[] {
  return FORMS.map((file) => read<Form>(`standards/${file}`))
    .filter(({ code, edition }) => !known.has(`${code} ${edition}`))
    .flatMap((form) => standardOf(form, createdAt))
}

/** 换版对照 as shipped: which item of one standard is which of another. `from` and `to` are code and edition. */
const carries = () => read<{ from: string; to: string; fromCode: string; toCode: string; carry: Carry }[]>('standards/mappings')

/** What is told of how to get from one standard to another; a pair that somebody has written a table for is left alone. */
export function shippedCarries(standards: readonly AssessmentStandard[], known: readonly ElementMapping[], createdAt: string): ElementMapping[] {
  const named = new Map(standards.map((one) => [`${one.code} ${one.edition}`, one]))
  const told = new Set(known.map(({ from, to }) => `${from.id} ${to.id}`))
  return carries().flatMap(({ from, to, ...row }) => {
    const [old, next] = [named.get(from), named.get(to)]
    if (!old || !next || told.has(`${old.id} ${next.id}`)) return []
    const id = new Random(`carry ${from} ${row.fromCode} ${to} ${row.toCode}`).id(Date.parse(createdAt))
    return [Object.assign(new ElementMapping(), { id, from: ref(old), to: ref(next), ...row, createdAt })]
  })
}

function standardOf({ levels, vetoes, elements, trade, ...facts }: Form, createdAt: string): Recorded[] {
  const random = new Random(`standard ${facts.code} ${facts.edition}`)
  const made = <T extends Recorded>(thing: new () => T, told: object): T =>
    Object.assign(new thing(), { id: random.id(Date.parse(createdAt)), createdAt }, told)
  const standard = made(AssessmentStandard, { ...facts, ...(trade ? { trade } : {}), published: true })
  const of = ref(standard)
  const codes = new Set(elements.map(({ code }) => code))
  return [
    standard,
    ...levels.map(({ level, percent, ...most }, seq) => made(StandardLevel, { standard: of, seq, level, percentTenths: percent * 10, ...most })),
    ...vetoes.map((text, seq) => made(StandardVeto, { standard: of, seq, text })),
    ...elements.map(({ code, name, points, requirement, deduction }, seq) => {
      const parent = code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : undefined
      return made(StandardElement, {
        ...{ standard: of, seq, code, name },
        ...(parent && codes.has(parent) ? { parent } : {}),
        ...(points ? { pointsTenths: points * 10, requirement, deduction } : {}),
      })
    }),
  ]
}
