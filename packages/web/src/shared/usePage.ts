import { useQuery, type AnyVariables, type TypedDocumentNode } from '@urql/vue'
import { computed, onActivated, onDeactivated, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { refusalOf } from './refusal'
import { onReload } from './reload'

/**
 * A query of a page. It rests while the page lies behind another tab, and reads again when the page comes to the front,
 * when somebody presses 刷新 and after every act. Hand the result to <PageState>.
 */
export function usePage<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables?: MaybeRefOrGetter<Variables>,
  /** Is there something to ask yet? Until then nothing is asked. */
  ready: MaybeRefOrGetter<boolean> = true,
) {
  const behind = ref(false)
  const result = useQuery<Data, Variables>({
    query: document,
    variables: computed(() => toValue(variables) ?? {}) as never,
    pause: computed(() => behind.value || !toValue(ready)),
  })
  onActivated(() => (behind.value = false))
  onDeactivated(() => (behind.value = true))

  const reload = () => {
    if (toValue(ready)) void result.executeQuery({ requestPolicy: 'network-only' })
  }
  onReload(reload)

  return {
    data: result.data,
    loading: computed(() => result.fetching.value && !result.data.value),
    refreshing: computed(() => result.fetching.value || result.stale.value),
    refusal: computed(() => (result.error.value ? refusalOf(result.error.value) : undefined)),
    reload,
  }
}

export type Page = Pick<ReturnType<typeof usePage>, 'loading' | 'refusal' | 'reload'>
