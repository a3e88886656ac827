import { mapExchange } from '@urql/core'
import { isSignedOut } from './refusal'

let leave: () => void = () => undefined

/** The router says here where to go when the server no longer knows the session. */
export function onSignedOut(handler: () => void): void {
  leave = handler
}

/** The live line was refused: the session has been ended elsewhere. */
export const noticeEnded = () => leave()

export const noticeSignedOut = mapExchange({
  onError: (error) => {
    if (isSignedOut(error)) leave()
  },
})
