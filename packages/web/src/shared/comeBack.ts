const LONGEST = 5_000
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const networkBack = () => new Promise<void>((resolve) => addEventListener('online', () => resolve(), { once: true }))

/** How long a lost line waits before it tries again: soon at first, then every few seconds for ever, at once when the network is back. */
export function comeBack(tried: number, longest = LONGEST): Promise<void> {
  const wait = Math.min(500 * 2 ** tried, longest)
  // Not all screens of a town at the same moment.
  return Promise.race([pause(wait + Math.random() * 500), networkBack()])
}

/** Ends a line whose other side has fallen silent: a pulled cable says nothing by itself. */
export function silence(terminate: () => void, patience: number) {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const heard = () => {
    clearTimeout(waiting)
    waiting = undefined
  }
  return {
    ping: (received: boolean) => {
      if (!received) waiting ??= setTimeout(terminate, patience)
    },
    pong: (received: boolean) => {
      if (received) heard()
    },
    closed: heard,
  }
}
