import type { Actor } from './context.js'

/**
 * Whether an id stands for the one who acts, where one person must not do two things: his own account, and while somebody
 * stands in for somebody, the other of the two.
 */
export const isOne = (by: Pick<Actor, 'id' | 'alike'>, id: string | null | undefined): boolean => id != null && idsOf(by).includes(id)

export const idsOf = ({ id, alike = [] }: Pick<Actor, 'id' | 'alike'>): readonly string[] => [id, ...alike]

/** Who is to be remembered for an act: the account, and in whose stead it acted. */
export const doersOf = ({ id, standIn }: Pick<Actor, 'id' | 'standIn'>): readonly string[] => (standIn ? [id, standIn.principal] : [id])

/** The refusal's words; to whom it is not his own account that stands in the way, they say what does. */
export const samePerson = ({ id }: Pick<Actor, 'id'>, done: readonly (string | null | undefined)[], sentence: string): string =>
  done.includes(id) ? sentence : `${sentence}（代办期间，委托人和代办人按一人计）`
