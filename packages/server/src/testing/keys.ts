import type { SqlEntityManager } from '@mikro-orm/sql'
import type { ThingClass } from '../shared/datum.js'

/** The data by which one record of a thing is told from another: every unique key of its table. */
export function keysOf(em: Pick<SqlEntityManager, 'getMetadata'>, target: ThingClass): string[][] {
  const { uniques, props } = em.getMetadata().get(target as never)
  const single = (props as unknown as { name: string; unique?: boolean; primary?: boolean }[]).filter(({ unique, primary }) => unique && !primary)
  return [...uniques.map(({ properties }) => [properties].flat().map(String)), ...single.map(({ name }) => [name])]
}
