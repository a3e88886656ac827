import { reactive, watch } from 'vue'
import type { HazardInput } from '../gql/hazard/graphql'
import { today } from '../shared/days'
import { role, viewer } from '../shared/session'
import { sourcesOf } from './terms'

/** What the form of 登记隐患 holds: everything as typed, '' where nothing was. */
export type Draft = Record<(typeof TEXTS)[number], string> & { photos: string[] }
const TEXTS = [
  'enterprise',
  'description',
  'place',
  'workshop',
  'post',
  'factor',
  'category',
  'accidentType',
  'severity',
  'criterion',
  'source',
  'foundOn',
  'legalBasis',
  'demand',
  'interimMeasure',
  'remark',
] as const

const keyOf = () => `anbiao.report.${viewer.value?.id ?? ''}`

function blank(): Draft {
  return {
    ...(Object.fromEntries(TEXTS.map((key) => [key, ''])) as Record<(typeof TEXTS)[number], string>),
    enterprise: viewer.value?.enterprise?.id ?? '',
    factor: 'OBJECT',
    severity: 'GENERAL',
    source: sourcesOf(role.value)[0] ?? '',
    foundOn: today(),
    photos: [],
  }
}

/** A report that is being typed survives a reload and a look at another page. */
export function useDraft() {
  const given = reactive<Draft>({ ...blank(), ...kept() })
  const stop = watch(given, (now) => sessionStorage.setItem(keyOf(), JSON.stringify(now)), { deep: true })
  return {
    given,
    clear: () => {
      Object.assign(given, blank())
      sessionStorage.removeItem(keyOf())
    },
    stop,
  }
}

function kept(): Partial<Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf()) ?? '{}') as Partial<Draft>
  } catch {
    return {}
  }
}

/** The draft as the graph takes it: what was left empty is not said. */
export function factsOf(given: Draft): HazardInput {
  const { enterprise: _enterprise, criterion: _criterion, photos: _photos, ...typed } = given
  const said = Object.fromEntries(Object.entries(typed).map(([key, text]) => [key, text.trim() || null]))
  if (given.severity !== 'MAJOR') said.interimMeasure = null
  return { ...said, manageType: 'DEADLINE' } as HazardInput
}
