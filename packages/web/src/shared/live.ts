import type { ExecutionResult, SubscriptionForwarder } from '@urql/core'
import type { Client } from 'graphql-ws'
import { readonly, ref } from 'vue'
import { comeBack, silence } from './comeBack'
import { noticeEnded } from './signedOut'

export type LiveState = 'off' | 'connecting' | 'on' | 'lost'

const state = ref<LiveState>('off')
export const liveState = readonly(state)

/** How often the line came back: a page that keeps a sequence resumes from it when this changes. */
export const reconnects = ref(0)

const KEEP_ALIVE = 12_000
const FORBIDDEN = 4403
let line: Promise<Client> | undefined

/** One websocket for all subscriptions of this window. It never gives up: an office line that was down all night comes back by itself. */
function openLine(): Promise<Client> {
  if (!line) state.value = 'connecting'
  return (line ??= import('graphql-ws').then(({ createClient }) => {
    const silent = silence(() => client.terminate(), KEEP_ALIVE)
    const client = createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      lazy: false,
      keepAlive: KEEP_ALIVE,
      retryAttempts: Infinity,
      retryWait: comeBack,
      shouldRetry: () => true,
      onNonLazyError: () => (state.value = 'lost'),
      on: {
        connected: (_socket, _payload, wasRetry) => {
          state.value = 'on'
          if (wasRetry) reconnects.value++
        },
        ping: silent.ping,
        pong: silent.pong,
        closed: (event) => {
          silent.closed()
          state.value = line ? 'lost' : 'off'
          if ((event as CloseEvent).code === FORBIDDEN) noticeEnded()
        },
      },
    })
    return client
  }))
}

export function startLive(): void {
  void openLine()
}

export async function stopLive(): Promise<void> {
  const open = line
  line = undefined
  await (await open)?.dispose()
  state.value = 'off'
}

export const forwardSubscription: SubscriptionForwarder = (request) => ({
  subscribe(sink) {
    let left = false
    let stop: (() => void) | undefined
    void openLine().then((client) => {
      if (left) return
      stop = client.subscribe(
        { query: request.query ?? '', variables: request.variables as Record<string, unknown> },
        {
          next: (result) => sink.next(result as ExecutionResult),
          error: (error) => sink.error(error),
          complete: () => sink.complete(),
        },
      )
    })
    return {
      unsubscribe() {
        left = true
        stop?.()
      },
    }
  },
})
