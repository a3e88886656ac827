import type { SignedIn } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'
import { isPassword } from './password.js'
import { Person } from './person.entity.js'
import { Attempts } from './throttle.js'

/** Who is signed in types his password once more before what somebody at his desk must not do in his absence. */
export async function needPassword(ctx: SignedIn, typed: string, field = 'password'): Promise<Person> {
  const person = await ctx.em.findOneOrFail(Person, ctx.actor.id)
  const attempts = new Attempts(ctx.em, person.username, ctx.address, ctx.now)
  await attempts.count()
  if (!(await isPassword(person.passwordHash, typed))) throw new Refusal('BAD_CREDENTIALS', '现在的密码不对', { field })
  await attempts.forgive()
  return person
}
