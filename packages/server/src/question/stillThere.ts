import type { SignedIn } from '../shared/context.js'
import { Refusal } from '../shared/refusal.js'

const AGAIN_MS = 1_000

/** The same person, looked at anew every second while a file runs: whose role or place has changed gets no further row. */
export function stillThere(began: SignedIn, again: () => Promise<SignedIn>, everyMs = AGAIN_MS): () => Promise<SignedIn> {
  let latest = began
  let lookedAt = performance.now()
  const standing = ({ actor }: SignedIn) => JSON.stringify([actor.id, actor.role, actor.scope, actor.token ?? null])
  const at = standing(began)
  return async () => {
    if (performance.now() - lookedAt < everyMs) return latest
    latest = await again()
    lookedAt = performance.now()
    if (standing(latest) !== at) throw new Refusal('FORBIDDEN', '您的账号或权限刚刚变了，导出已停止')
    return latest
  }
}
