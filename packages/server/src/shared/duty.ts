import type { Role, SignedIn } from './context.js'

/** One kind of work that waits for somebody: counted in his scope, shown on his first page, a link to where it is done. */
export interface Duty {
  /** Key of its words on the web side, `<domain>.duty.<name>`; a hint stands under `<domain>.dutyHint.<name>`. */
  key: string
  roles: readonly Role[]
  /** Where it is done: a path of the app with its query. */
  to: string
  /** Red when there is any: something is late. */
  alarming?: boolean
  count(context: SignedIn): Promise<number>
}
