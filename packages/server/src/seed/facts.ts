import type { HazardFacts } from '../hazard/hazardFacts.js'
import { HazardSeverity, type HazardSource } from '../hazard/terms.js'
import type { Actor } from '../shared/context.js'
import type { HazardText } from './content.js'

/** What a finder types in; where it says 车间·设备, the first part is the workshop. */
export function factsOf(text: HazardText, source: HazardSource, by: Actor): HazardFacts {
  const [first, second] = text.location.split('·')
  const { description, factor, category, accidentType, severity, manageType, measure, interimMeasure, severityBasis } = text
  return {
    ...{ description, place: text.location, factor, category, accidentType, severity, source, manageType, demand: measure },
    ...(severity === HazardSeverity.MAJOR || by.role !== 'POST' ? { interimMeasure } : {}),
    ...(severityBasis ? { legalBasis: severityBasis } : {}),
    ...(second && text.level !== 'UNIT' ? { workshop: first } : {}),
    ...(second && text.level === 'POST' ? { post: second } : {}),
  } as HazardFacts
}
