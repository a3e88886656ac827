import { ref } from '@mikro-orm/core'
import { AssessmentStandard, StandardElement, StandardLevel, StandardVeto } from '../assessment/standard.entity.js'
import type { AssessmentLevel } from '../assessment/terms.js'
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
