import pg from 'pg'

export const LOG_CHANNEL = 'anbiao_log'
const AGAIN_MS = 1_000

/** Wakes at every commit of any process on this PostgreSQL; a lost connection is made again, and then wakes for what was missed. */
export function listenOn(url: string, wake: () => void): () => void {
  let client: pg.Client | undefined
  let again: NodeJS.Timeout | undefined
  let stopped = false
  const leave = (from: pg.Client) => {
    if (client !== from) return
    client = undefined
    from.end().catch(() => undefined)
    if (!stopped) again = setTimeout(connect, AGAIN_MS).unref()
  }
  const connect = () => {
    const opened = (client = new pg.Client({ connectionString: url, keepAlive: true }))
    opened.on('notification', wake)
    opened.on('error', () => leave(opened))
    opened.on('end', () => leave(opened))
    opened
      .connect()
      .then(() => opened.query(`listen ${LOG_CHANNEL}`))
      .then(wake)
      .catch(() => leave(opened))
  }
  connect()
  return () => {
    stopped = true
    clearTimeout(again)
    const open = client
    client = undefined
    open?.end().catch(() => undefined)
  }
}
