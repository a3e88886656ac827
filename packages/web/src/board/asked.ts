import { graphql } from '../gql/board'

graphql(`
  fragment BoardFigures on Board {
    asOf
    seq
    changedAt
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
    funnel {
      stage
      count
    }
    villages {
      code
      name
      rank
      found
      closed
      open
      majorOpen
      overdue
      onTimeRate
    }
    stations {
      code
      name
      rank
      found
      closed
      open
      majorOpen
      overdue
      onTimeRate
    }
    overdueMajors {
      number
      enterprise
      shortName
      village
      daysOver
    }
    latestClosures {
      number
      enterprise
      shortName
      village
      at
      days
    }
    colors {
      firms {
        red
        orange
        yellow
        blue
      }
      firmsNone
      coverageRate
      places {
        code
        name
        color
        firms {
          red
          orange
          yellow
          blue
        }
        firmsNone
        coverageRate
      }
      stations {
        code
        firms {
          red
          orange
          yellow
          blue
        }
        firmsNone
        coverageRate
      }
    }
    byDay {
      day
      found
      closed
    }
    campaign {
      title
      phases {
        position
        name
        startsOn
        endsOn
        current
        taskCount
        tasksDone
        rate
        done
        late
        tasks {
          evidence
          title
          denominator
          served
          exempted
          rate
          done
          late
        }
      }
    }
  }
`)
export const BOARD = graphql(`
  subscription BoardLive($after: String, $asOf: Instant) {
    board(after: $after, asOf: $asOf) {
      ...BoardFigures
    }
  }
`)
export const WALL = graphql(`
  subscription BoardWallLive {
    boardWall {
      name
      at
      scenes
      look
      pointed
      place
      firm
      pointedAt
      thenAt
      replayAt
      meetingAt
      since
      room
    }
  }
`)
