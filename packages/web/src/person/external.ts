import { readonly, ref } from 'vue'

const name = ref<string>()
let asked: Promise<void> | undefined

/** What the county's identity provider is called, when this town is entered through one, too. */
export function useExternal() {
  asked ??= ask()
  return readonly(name)
}

async function ask(): Promise<void> {
  try {
    const answer = (await (await fetch('/oidc')).json()) as { name: string | null }
    name.value = answer.name ?? undefined
  } catch {
    // Without a network now; asked again by the next page that wants to know.
    asked = undefined
  }
}
