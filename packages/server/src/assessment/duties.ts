import type { Duty } from '../shared/duty.js'
import { Assessment } from './assessment.entity.js'
import { AssessmentStage } from './terms.js'

export const ASSESSMENT_DUTIES: readonly Duty[] = [
  {
    key: 'assessment.duty.review',
    roles: ['STATION', 'TOWN_OFFICE'],
    to: '/assessments?stage=SUBMITTED',
    count: ({ em }) => em.count(Assessment, { stage: AssessmentStage.SUBMITTED }),
  },
  {
    key: 'assessment.duty.due',
    roles: ['ENTERPRISE'],
    to: '/assessments',
    count: ({ em }) => em.count(Assessment, { stage: { $in: [AssessmentStage.DRAFT, AssessmentStage.CHANGES_ASKED] } }),
  },
]
