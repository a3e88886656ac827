import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { viewer } from '../shared/session'
import { spanEnd, spanStart, type Span } from './period'

/** Which enterprise and which month or quarter: kept in the address, so that a link to what one sees can be sent. */
export function usePeriod() {
  const route = useRoute()
  const router = useRouter()
  const put = (more: Record<string, string>) => void router.replace({ query: { ...route.query, ...more } })
  const span = computed({
    get: () => (route.query.span === 'QUARTER' ? 'QUARTER' : 'MONTH') as Span,
    set: (now) => put({ span: now, from: spanStart(now, 0) }),
  })
  const from = computed({ get: () => String(route.query.from ?? spanStart(span.value, 0)), set: (now) => put({ from: now }) })
  const enterprise = computed({ get: () => viewer.value?.enterprise?.id ?? String(route.query.enterprise ?? ''), set: (now) => put({ enterprise: now }) })
  const to = computed(() => spanEnd(span.value, from.value))
  return { span, from, to, enterprise }
}
