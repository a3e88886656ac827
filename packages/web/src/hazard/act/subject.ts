import { graphql } from '../../gql/hazard'
import type { ActSubjectFragment } from '../../gql/hazard/graphql'
import { addDays, today } from '../../shared/days'
import type { ActField } from './field'

graphql(`
  fragment ActSubject on Hazard {
    id
    version
    number
    stage
    severity
    description
    place
    foundOn
    dueOn
    demand
    interimMeasure
    acts
    photosBefore
    responsiblePerson
    responsibleDept
    measures
    fundFen
    fundSource
    milestones
    emergencyPlan
    criterion {
      id
    }
    enterprise {
      id
      name
    }
  }
`)
export type Subject = ActSubjectFragment

/** 一般隐患默认整改天数; the server has the last word on the longest. */
const USUAL_DAYS = 7

export const seen = ({ id, version }: Subject) => ({ id, version })
export const afterDays = (days = USUAL_DAYS, from = today()) => addDays(from, days)
export const dueOn = (): ActField => ({ key: 'dueOn', kind: 'day', needed: true, start: afterDays() })
export const reason: ActField = { key: 'reason', kind: 'text', needed: true, most: 500 }
