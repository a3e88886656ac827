import { graphql } from '../gql/board'

graphql(`
  fragment StageRow on BoardStage {
    stage
    count
  }
  fragment GroupRow on BoardGroup {
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
  fragment MajorRow on BoardMajor {
    number
    enterprise
    shortName
    village
    daysOver
  }
  fragment ClosureRow on BoardClosure {
    number
    enterprise
    shortName
    village
    at
    days
  }
  fragment DayRow on BoardDay {
    day
    found
    closed
  }
  fragment Colored on FourColors {
    red
    orange
    yellow
    blue
  }
  fragment ColorPlace on BoardColorPlace {
    code
    name
    color
    firms {
      ...Colored
    }
    firmsNone
    coverageRate
  }
  fragment CampaignPanel on BoardCampaign {
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
      ...StageRow
    }
    villages {
      ...GroupRow
    }
    stations {
      ...GroupRow
    }
    overdueMajors {
      ...MajorRow
    }
    latestClosures {
      ...ClosureRow
    }
    colors {
      firms {
        ...Colored
      }
      firmsNone
      coverageRate
      places {
        ...ColorPlace
      }
      stations {
        ...ColorPlace
      }
    }
    byDay {
      ...DayRow
    }
    campaign {
      ...CampaignPanel
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
