import type { FormItemRule } from 'element-plus'
import { words } from '../shared/words'

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

export const normaliseUscc = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()

/** The 18th character that the first 17 call for (GB 32100-2015); the server says the same. */
export function checkCharacter(first17: string): string {
  let sum = 0
  let weight = 1
  for (const symbol of first17) {
    sum += SYMBOLS.indexOf(symbol) * weight
    weight = (weight * 3) % 31
  }
  return SYMBOLS[(31 - (sum % 31)) % 31] ?? ''
}

/** Judges a credit code while the clerk is still at the field. */
export const usccRule: FormItemRule = {
  trigger: 'blur',
  validator: (_rule, value: string | undefined, done: (error?: Error) => void) => {
    const { t } = words.global
    const code = normaliseUscc(value ?? '')
    if (!code) return done()
    if (code.length !== 18) return done(new Error(t('enterprise.usccLength', { length: code.length })))
    if (![...code].every((symbol) => SYMBOLS.includes(symbol))) return done(new Error(t('enterprise.usccSymbol')))
    const wanted = checkCharacter(code.slice(0, 17))
    return done(wanted === code[17] ? undefined : new Error(t('enterprise.usccCheck', { wanted })))
  },
}
