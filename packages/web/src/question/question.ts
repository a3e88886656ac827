import { graphql } from '../gql/question'
import type { QuestionFactsFragment } from '../gql/question/graphql'
import type { Handed, SavedAs } from './handover'
import { readLook } from './look'

graphql(`
  fragment QuestionFacts on Question {
    id
    version
    createdAt
    name
    slug
    description
    query
    variables
    list
    chart
    ownerName
    mine
    sharing
    division
    divisionName
    station
    stationName
    monthly
    archivedAt
    runs
    lastRunAt
    ranRows
    ranError
  }
`)

export const savedAs = ({ id, version, name, mine, slug, description }: QuestionFactsFragment): SavedAs => ({ id, version, name, mine, slug, description })

/** The question on its way to the console. */
export const handed = (question: QuestionFactsFragment): Handed => ({
  query: question.query,
  variables: question.variables ?? '',
  look: readLook(question.chart),
  question: savedAs(question),
})
