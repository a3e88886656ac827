import type zh from '../zh/person'

export default {
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signOut: 'Sign out',
  username: 'User name',
  password: 'Password',
  show: 'Show',
  hide: 'Hide',
  bothNeeded: 'Give your user name and your password',
  forgot: 'Forgotten? The town safety office or the administrator can reset it.',
  ended: 'Your session has ended. Sign in again to return to the page you were on.',
  sessions: 'Signed-in devices',
  changePassword: 'Change password',
} satisfies typeof zh
