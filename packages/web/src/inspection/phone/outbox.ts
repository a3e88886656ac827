import { ref } from 'vue'
import { load, save, shotsOf, type Draft, type Shot } from './draft'
import { drafts, tidy } from './draft'
import { drop, take } from './store'
import { bearerOf, send, whoAmI, type Answered } from './send'

/** Rises whenever a draft has changed, so that whoever shows drafts reads them again. */
export const outboxTick = ref(0)
export const sending = ref(false)

/** Uploads that belong to nothing are cleared after a day; well before that a picture is sent anew. */
const FRESH = 12 * 3_600_000
const EVERY = 20_000

/** Sends everything that waits, one after the other; called as often as one likes, in as many windows. */
export async function flush(): Promise<void> {
  if (sending.value || !navigator.onLine) return
  sending.value = true
  try {
    await alone(async () => {
      for (const { key, state } of await drafts()) if (state === 'READY') await deliver(key)
    })
  } finally {
    sending.value = false
  }
}

const alone = async (work: () => Promise<void>): Promise<void> => {
  if ('locks' in navigator) await navigator.locks.request('anbiao-outbox', { ifAvailable: true }, (lock) => (lock ? work() : undefined))
  else await work()
}

async function deliver(key: string): Promise<void> {
  const draft = await load(key)
  if (!draft || draft.state !== 'READY') return
  const answer = await attempt(draft)
  if (answer.kind === 'SENT') {
    for (const { id } of shotsOf(draft)) await drop('pictures', id)
    Object.assign(draft, { state: 'SENT', receipt: answer.receipt, word: undefined })
  } else if (answer.kind === 'REFUSED') Object.assign(draft, { state: 'REFUSED', word: answer.word })
  else if (answer.kind === 'WAIT') draft.word = answer.word
  await save(draft)
  outboxTick.value++
}

async function attempt(draft: Draft, again = false): Promise<Answered> {
  const bearer = await bearerOf(draft)
  const me = draft.paper.card ? undefined : await whoAmI()
  if (me && me !== 'UNKNOWN' && me.id !== draft.owner.id) return { kind: 'WAIT', word: 'inspection.wait.other' }
  if (me === undefined && !bearer) return { kind: 'WAIT', word: 'inspection.wait.signIn' }
  for (const shot of shotsOf(draft)) {
    const kept = await upload(draft, shot, bearer)
    if (kept) return kept
  }
  const answer = await send(draft, bearer)
  if (answer.kind !== 'PICTURES_GONE') return answer
  for (const shot of shotsOf(draft)) delete shot.sent
  return again ? { kind: 'WAIT', word: 'inspection.wait.network' } : attempt(draft, true)
}

/** One picture; what the server called it is kept with the draft, so that a second attempt goes on where this one ended. */
async function upload(draft: Draft, shot: Shot, bearer: string | undefined): Promise<Answered | undefined> {
  if (shot.sent && Date.now() - shot.sent.at < FRESH) return undefined
  const picture = await take<Blob>('pictures', shot.id)
  if (!picture) return wait('lost')
  const form = new FormData()
  form.append('file', picture, `${shot.id}.${picture.type === 'image/png' ? 'png' : 'jpg'}`)
  const answer = await fetch('/files', {
    ...{ method: 'POST', body: form, credentials: 'same-origin' },
    headers: { 'x-anbiao': 'app', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
  }).catch(() => undefined)
  if (!answer) return wait('network')
  if (answer.status === 401) return wait('signIn')
  const said = (await answer.json().catch(() => undefined)) as { files?: { id?: string }[]; message?: string } | undefined
  // The picture itself cannot be taken: waiting does not help, taking it again does.
  if (answer.status === 422 && said?.message) return { kind: 'REFUSED', word: said.message }
  const id = said?.files?.[0]?.id
  if (!id) return wait('picture')
  shot.sent = { id, at: Date.now() }
  await save(draft)
  return undefined
}

const wait = (why: string): Answered => ({ kind: 'WAIT', word: `inspection.wait.${why}` })

let watching = false
/** From now on what waits is sent as soon as the network is back. */
export function watchOutbox(): void {
  if (watching) return
  watching = true
  const look = () => void flush()
  window.addEventListener('online', look)
  document.addEventListener('visibilitychange', () => document.hidden || look())
  setInterval(look, EVERY)
  void tidy().catch(() => undefined)
  look()
}
