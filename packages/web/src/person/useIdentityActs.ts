import { useI18n } from 'vue-i18n'
import { graphql } from '../gql/person'
import type { RowAction } from '../shared/grid/column'
import { say } from '../shared/notices'
import type { Role } from '../shared/session'
import { useAct } from '../shared/useAct'
import { useExternal } from './external'

interface Account {
  id: string
  version: number
  name: string
  role: Role
  identityMasked: string | null
}

/** What the admin does with an account's identity at the provider. */
export function useIdentityActs<A extends Account>(bind: (account: A) => void) {
  const { t } = useI18n()
  const external = useExternal()
  const { act: unlink } = useAct(
    graphql(`
      mutation UnlinkAccount($id: ID!, $version: Int!) {
        accountLink(id: $id, version: $version) {
          id
          version
          identityMasked
        }
      }
    `),
  )
  async function unlinkIt({ id, version, name }: A) {
    if (await unlink({ id, version })) say.done(t('person.identity.unlinked', { name }))
  }
  function identityActions(account: A): RowAction[] {
    const { name } = account
    if (account.identityMasked)
      return [
        { key: 'unlink', label: t('person.identity.unlink'), danger: true, confirm: t('person.identity.unlinkSure', { name }), run: () => unlinkIt(account) },
      ]
    if (!external.value || account.role === 'ADMIN') return []
    return [{ key: 'link', label: t('person.identity.link'), run: () => bind(account) }]
  }
  return { external, identityActions }
}
