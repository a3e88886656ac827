import { ref } from '@mikro-orm/core'
import { act } from '../shared/act.js'
import type { Context } from '../shared/context.js'
import { instant } from '../shared/days.js'
import { run } from '../shared/run.js'
import { hashToken, newToken } from './authenticate.js'
import type { Person } from './person.entity.js'
import { Session, type SignInWay } from './session.entity.js'

const DAY_MS = 86_400_000

/** Signs somebody in who has shown who he is, in whatever way; the browser gets its cookie, the caller the token. */
export async function openSession({ em, now, request, address, device, reply }: Context, person: Person, way?: SignInWay): Promise<string> {
  const token = newToken()
  const until = new Date(now.getTime() + reply.sessionDays * DAY_MS)
  await act({ em, now, request, actor: person.asActor() }, 'signIn', async (doing) => {
    const session = new Session()
    session.person = ref(person)
    session.tokenHash = hashToken(token)
    session.device = device || '—'
    session.address = address
    session.createdAt = instant(now)
    session.expiresAt = instant(until)
    if (way) session.way = way
    doing.em.persist(session)
    // Past the unit of work: signing in is no new version of the account, or it would refuse the admin who is editing it.
    await run(doing.em, 'update person set last_sign_in_at = ? where id = ?', [instant(now), person.id])
    const diff = { lastSignInAt: [person.lastSignInAt ?? null, instant(now)] } as Record<string, [unknown, unknown]>
    doing.log([{ thing: 'Person', record: person.id, act: 'signIn', diff, division: null, station: null, enterprise: null, workshop: null }])
  })
  reply.setSession(token, until)
  return token
}
