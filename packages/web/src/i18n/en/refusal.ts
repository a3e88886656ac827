import type zh from '../zh/refusal'
export default {
  NETWORK: 'The server cannot be reached. Check the network and try again.',
  OFFLINE: 'There is no network. Try again when it is back.',
  INTERNAL: 'Something went wrong. Try again later; if it goes on, tell the administrator.',
} satisfies typeof zh
