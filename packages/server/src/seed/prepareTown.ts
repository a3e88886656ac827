import type { Config } from '../config.js'
import type { Store } from '../store.js'

/** Fills an empty store with what SEED says; gives the accounts to print. */
export async function prepareTown(_store: Store, _config: Config): Promise<string | undefined> {
  return undefined
}
