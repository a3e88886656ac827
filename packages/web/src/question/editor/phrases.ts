import { words } from '../../shared/words'

const PHRASES = {
  Completions: 'completions',
  Diagnostics: 'diagnostics',
  'No diagnostics': 'noDiagnostics',
  'Unfold line': 'unfoldLine',
  'Fold line': 'foldLine',
  'folded code': 'folded',
  unfold: 'unfold',
  close: 'close',
} as const

/** What the editor itself says, to the eye and to a screen reader. */
export const chinesePhrases = () => Object.fromEntries(Object.entries(PHRASES).map(([english, key]) => [english, words.global.t(`analyst.phrase.${key}`)]))
