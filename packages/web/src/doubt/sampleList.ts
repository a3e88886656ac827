import { graphql } from '../gql/doubt'

/** 抽查名单 with the figures of what is shown, and the enterprises of whom most is doubtful. */
export const SAMPLE_LIST = graphql(`
  query SampleList($where: DoubtSampleWhere, $orderBy: [DoubtSampleOrder!], $first: Int, $after: String, $last: Int, $before: String, $offset: Int) {
    doubtSamples(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) {
      nodes {
        id
        version
        month
        rank
        cause
        verdict
        remark
        lookedAt
        station
        enterprise {
          id
          name
        }
        doubt {
          id
          kind
          score
          doubtful
          reasons
          doneOn
          hazard {
            id
            number
            description
            result
          }
          check {
            id
            number
            title
            remark
          }
        }
      }
      aggregate {
        figures {
          waiting
          lookedRate
          hitRate
          overlookedRate
        }
      }
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
    doubts {
      aggregate {
        figures {
          doubtRate
        }
      }
    }
  }
`)
