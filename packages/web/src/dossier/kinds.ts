/** The records that an enterprise keeps in its dossier, and what is typed in of each; labels are `record.field.<key>`. */
export interface FieldSpec {
  key: string
  type: 'text' | 'area' | 'day' | 'count' | 'flag' | 'choice'
  /** Words of a choice stand under `record.<words>.<value>`. */
  words?: string
  choices?: readonly string[]
  required?: boolean
  max?: number
}
export type RecordKind = 'training' | 'equipment' | 'certificate' | 'drill' | 'accident'

const text = (key: string, max = 120, required = false): FieldSpec => ({ key, type: 'text', max, required })
const area = (key: string, required = false): FieldSpec => ({ key, type: 'area', required })
const day = (key: string, required = false): FieldSpec => ({ key, type: 'day', required })
const count = (key: string, required = true): FieldSpec => ({ key, type: 'count', required })
const flag = (key: string): FieldSpec => ({ key, type: 'flag' })
const choice = (key: string, words: string, ...choices: string[]): FieldSpec => ({ key, type: 'choice', words, choices, required: true })

export const KINDS: Record<RecordKind, readonly FieldSpec[]> = {
  training: [
    choice('kind', 'trainingKind', 'THREE_LEVEL', 'REFRESHER', 'PRINCIPAL', 'OFFICER', 'SPECIAL_OPERATION', 'TRANSFER', 'CONTRACTOR', 'TOPIC'),
    text('topic', 200, true),
    day('heldOn', true),
    ...['hours', 'required', 'trained'].map((key) => count(key)),
    count('passed', false),
    area('remark'),
  ],
  equipment: [
    text('name', 120, true),
    choice('kind', 'equipmentKind', 'GENERAL', 'BOILER', 'PRESSURE_VESSEL', 'PRESSURE_PIPE', 'LIFT', 'CRANE', 'FORKLIFT', 'FIRE'),
    flag('special'),
    text('model', 80),
    text('registrationCode', 60),
    text('place'),
    day('inspectedOn'),
    day('nextDueOn'),
    choice('state', 'equipmentState', 'IN_USE', 'STOPPED', 'SCRAPPED'),
    area('remark'),
  ],
  certificate: [
    choice('kind', 'certificateKind', 'LICENCE', 'PRINCIPAL', 'OFFICER', 'SPECIAL_OPERATION', 'EQUIPMENT_OPERATOR', 'OTHER'),
    text('title', 120, true),
    text('holderRole', 60),
    text('number', 60),
    text('holderName', 40),
    text('issuer', 80),
    day('issuedOn'),
    day('validUntil', true),
    area('remark'),
  ],
  drill: [
    choice('kind', 'drillKind', 'TABLETOP', 'FUNCTIONAL', 'EVACUATION', 'FULL'),
    text('scenario', 200, true),
    day('heldOn', true),
    count('required'),
    count('joined'),
    flag('evaluated'),
    area('findings'),
  ],
  accident: [
    day('happenedOn', true),
    choice('grade', 'accidentGrade', 'NEAR_MISS', 'ORDINARY', 'CONSIDERABLE', 'MAJOR', 'EXTREME'),
    text('accidentType', 40, true),
    text('place'),
    area('summary', true),
    ...['deaths', 'seriousInjuries', 'minorInjuries'].map((key) => count(key)),
    area('cause'),
    area('measures'),
    day('reportedOn'),
  ],
}

/** Typed beside the facts: never shown again in full, never in the log. */
export const PERSONAL = ['number', 'holderName']
export const RECORD_KINDS = Object.keys(KINDS) as RecordKind[]
