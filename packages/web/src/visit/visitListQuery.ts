import { graphql } from '../gql/visit'

export const VISIT_LIST = graphql(`
  query VisitList($where: VisitWhere, $queue: VisitQueue, $orderBy: [VisitOrder!], $first: Int, $after: String, $last: Int, $before: String, $offset: Int) {
    visitTodo {
      queue
      count
    }
    visits(where: $where, queue: $queue, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) {
      nodes {
        id
        version
        kind
        owner
        mine
        plannedFrom
        plannedTo
        period {
          from
          to
        }
        color
        edition
        cause
        cancelCause
        focus
        state
        overdue
        doneOn
        station
        check {
          id
          number
        }
        enterprise {
          id
          name
        }
      }
      totalCount
      aggregate {
        count
        figures {
          ...VisitFigures
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`)
