import { stringifyDocument } from '@urql/core'
import type { BoardChangesSubscription, BoardFiguresFragment, BoardWallLiveSubscription } from '../gql/board/graphql'
import { comeBack, silence } from '../shared/comeBack'
import { WALL } from './asked'
import { CHANGES } from './askedSteps'
import { stepped } from './stepped'

export type Board = BoardFiguresFragment
export type Group = Board['villages'][number]
export type Wall = BoardWallLiveSubscription['boardWall']

export interface Listener {
  shows(board: Board): void
  /** The room has pointed the wall. */
  turned(wall: Wall): void
  /** The line is up, or has been lost. */
  connected(on: boolean): void
  /** The link or the session opens this board no more. */
  ended(): void
}

const FORBIDDEN = 4403
const PING_MS = 4_000
const RELOAD_MS = 60_000
const refused = (fault: unknown) =>
  Array.isArray(fault) && fault.some(({ extensions }: { extensions?: { code?: string } }) => /^(UNAUTHENTICATED|FORBIDDEN)$/.test(extensions?.code ?? ''))

/** A line of its own for one board: it comes back for ever, each time from the step that the screen shows. */
export function listenToBoard(token: string | undefined, listener: Listener): () => void {
  let left = false
  let stop = () => {}
  let shown: { board: Board; step: string } | undefined
  const open = async () => {
    const { createClient } = await import('graphql-ws')
    if (left) return
    let letIn = false
    const silent = silence(() => client.terminate(), PING_MS)
    const client = createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      ...(token ? { connectionParams: { token } } : {}),
      ...{ keepAlive: PING_MS, retryAttempts: Infinity, retryWait: comeBack },
      // Whose territory has changed is let in again; whoever is refused at the door is not.
      shouldRetry: (event) => (event as CloseEvent).code !== FORBIDDEN || letIn,
      on: {
        connected: () => {
          letIn = true
          listener.connected(true)
        },
        connecting: () => (letIn = false),
        ...{ ping: silent.ping, pong: silent.pong },
        closed: () => {
          silent.closed()
          listener.connected(false)
        },
      },
    })
    // Sent anew at each return, with what it then holds.
    const asked: { query: string; variables: Record<string, unknown> } = { query: stringifyDocument(CHANGES), variables: { after: shown?.step } }
    const again = () => void (left || comeBack(3).then(open))
    // A server that no longer understands the question is newer than this page, which nobody sits at to reload.
    const reload = () => setTimeout(() => left || location.reload(), RELOAD_MS)
    const off = client.subscribe<BoardChangesSubscription>(asked, {
      next: ({ data }) => {
        if (!data) return
        const board = stepped(shown, data.boardChanges)
        shown = board && { board, step: data.boardChanges.step }
        asked.variables = { after: shown?.step }
        if (board) listener.shows(board)
        // A change of a picture that this screen does not show: it comes back for the whole.
        else client.terminate()
      },
      error: (fault) => {
        if (refused(fault) || (fault as CloseEvent).code === FORBIDDEN) listener.ended()
        else if (Array.isArray(fault)) reload()
        else again()
      },
      complete: again,
    })
    // Beside it, on the same line: where the room points the wall. When it ends the wall turns by itself.
    const offWall = client.subscribe<BoardWallLiveSubscription>(
      { query: stringifyDocument(WALL) },
      { next: ({ data }) => data && listener.turned(data.boardWall), error: () => undefined, complete: () => undefined },
    )
    stop = () => {
      off()
      offWall()
      void Promise.resolve(client.dispose()).catch(() => undefined)
    }
  }
  void open()
  return () => {
    left = true
    stop()
  }
}
