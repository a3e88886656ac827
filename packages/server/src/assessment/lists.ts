import type { ThingClass } from '../shared/datum.js'
import type { ListField } from '../shared/read/listField.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { Assessment, AssessmentAnswer, AssessmentVeto, Deduction } from './assessment.entity.js'
import { AssessmentStandard, ElementMapping, StandardElement, StandardLevel, StandardVeto } from './standard.entity.js'

const list = (name: string, target: ThingClass, description: string, ...fallback: ListField['fallback']): ListField => ({
  ...{ name, target, description, fallback },
  who: (context) => signedIn(context, ...READERS),
})

/** The lists of self-assessments and of the standards they are made against. */
export const ASSESSMENT_LISTS: readonly ListField[] = [
  list('assessments', Assessment, '年度自评', { field: 'year', dir: 'DESC' }, { field: 'dueOn' }),
  list('assessmentAnswers', AssessmentAnswer, '自评条目', { field: 'createdAt' }),
  list('assessmentVetoes', AssessmentVeto, '否决项核对', { field: 'createdAt' }),
  list('deductions', Deduction, '自评扣分与不符合项', { field: 'createdAt', dir: 'DESC' }),
  list('assessmentStandards', AssessmentStandard, '评定标准，各版', { field: 'code' }, { field: 'edition' }),
  list('standardElements', StandardElement, '评定要素', { field: 'seq' }),
  list('standardLevels', StandardLevel, '等级条件', { field: 'seq' }),
  list('standardVetoes', StandardVeto, '否决项', { field: 'seq' }),
  list('elementMappings', ElementMapping, '换版对照', { field: 'toCode' }),
]
