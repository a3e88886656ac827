import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { ref, shallowRef } from 'vue'
import { graph } from './graph'
import { ask, say } from './notices'
import { isStale, refusalOf, type Refusal } from './refusal'
import { reloadPages } from './reload'
import { words } from './words'

/**
 * An act is one line: `const { act: close, busy } = useAct(CloseHazard)`. A refusal is shown in the user's words and the
 * act yields undefined; `refusal` stays for the field it speaks of (FactForm shows it there).
 */
export function useAct<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>) {
  const busy = ref(false)
  const refusal = shallowRef<Refusal>()

  async function act(variables: Variables): Promise<Data | undefined> {
    if (busy.value) return undefined
    busy.value = true
    refusal.value = undefined
    try {
      const { data, error } = await graph.value.mutation(document, variables).toPromise()
      if (!error) return data
      refusal.value = refusalOf(error)
      await show(refusal.value)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { act, busy, refusal }
}

async function show(refusal: Refusal): Promise<void> {
  if (!isStale(refusal)) return say.refused(refusal.message)
  const { t } = words.global
  const again = await ask({ title: t('shared.stale'), text: refusal.message, yes: t('shared.refresh'), no: t('shared.later') })
  if (again) reloadPages()
}
