import type { HazardFacts } from '../hazard/hazardFacts.js'
import { HazardSeverity, type HazardSource } from '../hazard/terms.js'
import type { Actor } from '../shared/context.js'
import type { HazardText } from './content.js'
import type { Random } from './random.js'

/** The same thing is seldom wrong twice at the very same spot. */
const SPOTS = ['', '', '', '（东侧）', '（西侧）', '（南侧）', '（北侧）', '（一层）', '（二层）']

/** What a finder types in; where it says 车间·设备, the first part is the workshop. */
export function factsOf(text: HazardText, source: HazardSource, by: Actor, random: Random): HazardFacts {
  const [first, second] = text.location.split('·')
  const { description, factor, category, accidentType, severity, manageType, measure, interimMeasure, severityBasis } = text
  return {
    ...{ description, place: `${text.location}${random.pick(SPOTS)}`, factor, category, accidentType, severity, source, manageType, demand: measure },
    ...(severity === HazardSeverity.MAJOR || by.role !== 'POST' ? { interimMeasure } : {}),
    ...(severityBasis ? { legalBasis: severityBasis } : {}),
    ...(second && text.level !== 'UNIT' ? { workshop: first } : {}),
    ...(second && text.level === 'POST' ? { post: second } : {}),
  } as HazardFacts
}
