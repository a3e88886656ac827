import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'

/** Why the identity provider's visitor was sent back here, in our words; what else stands in the address is not shown. */
export function useCameBack(): () => string {
  const { t, te } = useI18n()
  const route = useRoute()
  return () => {
    const key = `person.external.refused.${String(route.query.refused ?? '')}`
    return /[.][A-Z_]+$/.test(key) && te(key, 'zh') ? t(key) : ''
  }
}
