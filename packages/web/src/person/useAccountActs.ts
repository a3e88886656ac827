import { useI18n } from 'vue-i18n'
import { graphql } from '../gql/person'
import type { RowAction } from '../shared/grid/column'
import { askReason, say } from '../shared/notices'
import { type Role, viewer } from '../shared/session'
import { useAct } from '../shared/useAct'
import { useIdentityActs } from './useIdentityActs'

interface Account {
  id: string
  version: number
  username: string
  name: string
  disabledAt: string | null
  role: Role
  identityMasked: string | null
}
interface Shown<A> {
  edit: (account: A) => void
  bind: (account: A) => void
  look: (account: A) => void
  made: (password: { username: string; password: string }) => void
}

/** What the admin does with an account that is there. */
export function useAccountActs<A extends Account>({ edit, bind, look, made }: Shown<A>) {
  const { t } = useI18n()
  const { external, identityActions } = useIdentityActs<A>(bind)
  const { act: disable } = useAct(
    graphql(`
      mutation DisableAccount($id: ID!, $version: Int!, $reason: String!) {
        accountDisable(id: $id, version: $version, reason: $reason) {
          id
          version
          disabledAt
        }
      }
    `),
  )
  const { act: enable } = useAct(
    graphql(`
      mutation EnableAccount($id: ID!, $version: Int!) {
        accountEnable(id: $id, version: $version) {
          id
          version
          disabledAt
        }
      }
    `),
  )
  const { act: reset } = useAct(
    graphql(`
      mutation ResetPassword($id: ID!) {
        passwordReset(id: $id) {
          account {
            id
            version
            mustChangePassword
          }
          password
        }
      }
    `),
  )

  async function disableIt({ id, version, name }: A) {
    const reason = await askReason(t('person.disableTitle', { name }), t('person.disableWhy'))
    if (reason && (await disable({ id, version, reason }))) say.done(t('person.disabledNow', { name }))
  }
  async function enableIt({ id, version, name }: A) {
    if (await enable({ id, version })) say.done(t('person.enabledNow', { name }))
  }
  async function resetIt({ id, username }: A) {
    const done = await reset({ id })
    if (done) made({ username, password: done.passwordReset.password })
  }

  function actions(account: A): RowAction[] {
    const all: RowAction[] = [
      { key: 'edit', label: t('person.edit'), run: () => edit(account) },
      { key: 'reset', label: t('person.reset'), confirm: t('person.resetSure', { name: account.name }), run: () => resetIt(account) },
    ]
    const history: RowAction = { key: 'history', label: t('history.title'), run: () => look(account) }
    if (account.id === viewer.value?.id) return [...all, history]
    return [
      ...all,
      ...identityActions(account),
      account.disabledAt
        ? { key: 'enable', label: t('person.enable'), run: () => enableIt(account) }
        : { key: 'disable', label: t('person.disable'), danger: true, run: () => disableIt(account) },
      history,
    ]
  }
  return { actions, external }
}
