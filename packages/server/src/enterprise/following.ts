import type { Act } from '../shared/act.js'
import type { Enterprise } from './enterprise.entity.js'

/** What other domains do when an enterprise was edited, in the same act: a commitment is asked for again, say. */
type Follower = (doing: Act, enterprise: Enterprise) => Promise<void>

const followers: Follower[] = []
export const followEnterprise = (follower: Follower): void => void followers.push(follower)

export async function followed(doing: Act, enterprise: Enterprise): Promise<void> {
  for (const follower of followers) await follower(doing, enterprise)
}
