import type { BoardChangesSubscription } from '../gql/board/graphql'
import type { Board } from './live'

export type Change = BoardChangesSubscription['boardChanges']
interface ListChange<Row> {
  rows: Row[]
  order?: string[] | null
}

/** The board after a step: the whole picture that came, or the one shown with what has changed of it; undefined when that is another's change. */
export function stepped(shown: { board: Board; step: string } | undefined, { step, since, seq, asOf, changedAt, board, delta }: Change): Board | undefined {
  if (board) return board
  if (!delta || shown?.step !== since || shown.step === step) return undefined
  const { sums, funnel, villages, stations, overdueMajors, latestClosures, byDay, colors, campaign } = delta
  const was = shown.board
  return {
    ...was,
    ...sums,
    ...{ seq, asOf, changedAt },
    funnel: merged(was.funnel, funnel, ({ stage }) => stage),
    villages: merged(was.villages, villages, codeOf),
    stations: merged(was.stations, stations, codeOf),
    overdueMajors: merged(was.overdueMajors, overdueMajors, numberOf),
    latestClosures: merged(was.latestClosures, latestClosures, numberOf),
    byDay: merged(was.byDay, byDay, ({ day }) => day),
    colors: {
      ...was.colors,
      ...colors?.sums,
      places: merged(was.colors.places, colors?.places, codeOf),
      stations: merged(was.colors.stations, colors?.stations, codeOf),
    },
    campaign: campaign ? campaign.campaign : was.campaign,
  }
}

const codeOf = ({ code }: { code: string }) => code
const numberOf = ({ number }: { number: string }) => number

function merged<Row>(rows: Row[], change: ListChange<Row> | null | undefined, keyOf: (row: Row) => string): Row[] {
  if (!change) return rows
  const byKey = new Map([...rows, ...change.rows].map((row) => [keyOf(row), row]))
  return (change.order ?? rows.map(keyOf)).map((key) => byKey.get(key)!)
}
