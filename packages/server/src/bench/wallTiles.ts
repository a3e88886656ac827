/** What a wall and its room ask for, as the pages of the app ask it. */
const COUNTS = 'found closed open majorOpen overdue onTimeRate'
const FOUR = '{ red orange yellow blue }'
export const FIGURES = `asOf seq changedAt territory station total closed open overdue transferred majorOpen closedToday closedThisMonth rectificationRate onTimeRate
  funnel { stage count } villages { code name rank ${COUNTS} } stations { code name rank ${COUNTS} }
  overdueMajors { number enterprise shortName village daysOver } latestClosures { number enterprise shortName village at days }
  colors { firms ${FOUR} firmsNone coverageRate places { code name color firms ${FOUR} firmsNone coverageRate } stations { code firms ${FOUR} firmsNone coverageRate } }
  byDay { day found closed }
  campaign { title phases { position name startsOn endsOn current taskCount tasksDone rate done late tasks { evidence title denominator served exempted rate done late } } }`

export interface Tile {
  name: string
  query: string
  variables: (at: Moment) => Record<string, unknown>
  /** Asked again it is another question each time: nothing kept may answer it. */
  always?: boolean
}
/** Where a wall looks: an enterprise that has a plan, a village or town, and the days before now. */
export interface Moment {
  firm: string
  place: string
  /** Another instant of the last month at each call. */
  past: () => string
  since: string
}

const none = () => ({})
export const TILES: readonly Tile[] = [
  { name: 'board', query: `{ board { ${FIGURES} } }`, variables: none },
  { name: 'boardThen', query: `query ($at: Instant!) { boardThen(at: $at) { ${FIGURES} } }`, variables: ({ since }) => ({ at: since }) },
  {
    ...{ name: 'boardThen, ever another instant', query: `query ($at: Instant!) { boardThen(at: $at) { ${FIGURES} } }` },
    ...{ variables: ({ past }: Moment) => ({ at: past() }), always: true },
  },
  { name: 'boardWall', query: '{ boardWall { name at scenes look pointed place firm pointedAt thenAt replayAt meetingAt since room } }', variables: none },
  { name: 'boardMap', query: '{ boardMap { width height shapes { code outlines } } }', variables: none },
  { name: 'boardFirms', query: 'query ($place: String) { boardFirms(place: $place) { id shortName place color plans } }', variables: () => ({ place: null }) },
  {
    ...{ name: 'boardFirms of a place', query: 'query ($place: String) { boardFirms(place: $place) { id shortName place color plans } }' },
    variables: ({ place }) => ({ place }),
  },
  {
    ...{
      name: 'boardPlan',
      query: 'query ($firm: ID!) { boardPlan(firm: $firm) { enterprise color name width height areas { name outline color } marks { x y color } } }',
    },
    variables: ({ firm }) => ({ firm }),
  },
  {
    ...{
      name: 'boardMeeting',
      query: 'query ($since: Instant!) { boardMeeting(since: $since) { closed registered closures { number shortName village at days } } }',
    },
    variables: ({ since }) => ({ since }),
  },
]
/** What the phones of the room ask. */
export const ROOM_TILES: readonly Tile[] = [
  { name: 'room’s boardWall', query: '{ boardWall { name at scenes pointed firm pointedAt thenAt replayAt meetingAt since } }', variables: none },
  { name: 'room’s boardFirms', query: '{ boardFirms { id shortName color plans } }', variables: none },
]
