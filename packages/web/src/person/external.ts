import { readonly, ref } from 'vue'
import { comeBack } from '../shared/comeBack'

/** Every page asks, and most can do without. */
const LONGEST_MS = 300_000
const name = ref<string>()
let asked = false

/** What the county's identity provider is called, when this town is entered through one, too. */
export function useExternal() {
  if (!asked) void ask()
  asked = true
  return readonly(name)
}

async function ask(tried = 0): Promise<void> {
  try {
    const answer = (await (await fetch('/oidc')).json()) as { name: string | null }
    name.value = answer.name ?? undefined
  } catch {
    // No network just now, or the server is being started anew.
    await comeBack(tried, LONGEST_MS)
    await ask(tried + 1)
  }
}
