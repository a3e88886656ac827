import { graphql } from '../gql/board'

export const CHANGES = graphql(`
  subscription BoardChanges($after: String) {
    boardChanges(after: $after) {
      step
      since
      seq
      asOf
      changedAt
      board {
        ...BoardFigures
      }
      delta {
        ...BoardSteps
      }
    }
  }
  fragment BoardSteps on BoardDelta {
    sums {
      territory
      station
      total
      closed
      open
      overdue
      transferred
      majorOpen
      closedToday
      closedThisMonth
      rectificationRate
      onTimeRate
    }
    funnel {
      rows {
        ...StageRow
      }
      order
    }
    villages {
      rows {
        ...GroupRow
      }
      order
    }
    stations {
      rows {
        ...GroupRow
      }
      order
    }
    overdueMajors {
      rows {
        ...MajorRow
      }
      order
    }
    latestClosures {
      rows {
        ...ClosureRow
      }
      order
    }
    byDay {
      rows {
        ...DayRow
      }
      order
    }
    colors {
      sums {
        firms {
          ...Colored
        }
        firmsNone
        coverageRate
      }
      places {
        rows {
          ...ColorPlace
        }
        order
      }
      stations {
        rows {
          ...ColorPlace
        }
        order
      }
    }
    campaign {
      campaign {
        ...CampaignPanel
      }
    }
  }
`)
