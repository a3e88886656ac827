import { graphql } from '../gql/assessment'
import type { AssessmentPageQuery } from '../gql/assessment/graphql'

/** Everything the sheet of one assessment shows. The elements are those of the edition it is pinned to now. */
export const SHEET = graphql(`
  query AssessmentPage($id: ID!, $answers: AssessmentAnswerWhere, $deductions: DeductionWhere, $vetoes: AssessmentVetoWhere) {
    assessment(id: $id) {
      ...AssessmentShown
      enterprise {
        id
        name
      }
      standard {
        id
        code
        edition
        name
        note
      }
    }
    assessmentAnswers(where: $answers, first: 500) {
      nodes {
        id
        na
        naReason
        note
        recheck
        deductedTenths
        element {
          id
        }
      }
    }
    deductions(where: $deductions, first: 500, orderBy: [{ field: createdAt }]) {
      nodes {
        ...DeductionShown
        answer {
          element {
            id
          }
        }
      }
    }
    assessmentVetoes(where: $vetoes, first: 50) {
      nodes {
        id
        text
        hit
      }
    }
  }
  fragment AssessmentShown on Assessment {
    id
    version
    year
    stage
    dueOn
    finishedOn
    deaths
    seriousInjuries
    totalTenths
    naTenths
    earnedTenths
    percent
    answered
    items
    levelByScore
    levelByRecord
    level
    vetoes
    signerName
    remark
  }
  fragment DeductionShown on Deduction {
    id
    version
    tenths
    finding
    measure
    responsible
    dueOn
    doneOn
    result
    verifiedOn
    withdrawnOn
    files {
      id
      url
      thumb
    }
    hazard {
      id
      number
      stage
    }
  }
`)

export const FORM = graphql(`
  query AssessmentForm($of: StandardElementWhere, $first: Int!) {
    standardElements(where: $of, first: $first, orderBy: [{ field: seq }]) {
      nodes {
        id
        code
        name
        parent
        pointsTenths
        requirement
        deduction
      }
    }
  }
`)

export type Sheet = AssessmentPageQuery
export type Assessment = Sheet['assessment']
export type Answer = Sheet['assessmentAnswers']['nodes'][number]
export type Deduction = Sheet['deductions']['nodes'][number]

/** Points as the forms print them: 12 or 12.5. */
export const points = (tenths: number | null | undefined) => (tenths == null ? '—' : tenths % 10 ? (tenths / 10).toFixed(1) : String(tenths / 10))

export const isOpen = ({ stage }: { stage: Assessment['stage'] }) => stage === 'DRAFT' || stage === 'CHANGES_ASKED'
