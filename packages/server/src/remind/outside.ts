/** What the settings say of the world outside; read once by the app. */
export interface Outside {
  publicUrl: string
  /** 'any': http and private addresses too, for robots inside the office's own network. */
  hookTargets: 'public' | 'any'
  /** smtp://… or smtps://…; no mail without it. */
  mailUrl: string | undefined
  mailFrom: string
}

let outside: Outside = { publicUrl: '', hookTargets: 'public', mailUrl: undefined, mailFrom: '' }
export const useOutside = (set: Outside): void => void (outside = set)
export const theOutside = (): Outside => outside
