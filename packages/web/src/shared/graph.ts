import { Client, fetchExchange } from '@urql/core'
import { shallowRef } from 'vue'
import { standInHeader } from './standIn'
import { noticeSignedOut } from './signedOut'

export const graphSettings = {
  url: '/graphql',
  // The server answers GET only to plain links; what the app asks goes by POST.
  preferGetMethod: false,
  fetchOptions: () => ({ credentials: 'same-origin' as const, headers: standInHeader() }),
}

/** Without the normalised cache: signing in, exports, anything large that is read once. */
export const plainGraph = new Client({
  ...graphSettings,
  exchanges: [noticeSignedOut, fetchExchange],
  requestPolicy: 'network-only',
})

/** The client of the pages. Until somebody has signed in it is the plain one. */
export const graph = shallowRef<Client>(plainGraph)
