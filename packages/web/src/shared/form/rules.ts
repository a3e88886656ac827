import type { FormItemRule } from 'element-plus'
import { words } from '../words'

const { t } = words.global

/** The rules of a form that are the same everywhere. The server has the last word on each. */
export const needed = (label: string, trigger: 'blur' | 'change' = 'blur'): FormItemRule =>
  ({
    required: true,
    whitespace: true,
    message: () => t('shared.needed', { label }),
    trigger,
  }) as FormItemRule

export const chosen = (label: string): FormItemRule =>
  ({ required: true, message: () => t('shared.neededChoice', { label }), trigger: 'change' }) as FormItemRule

export const atMost = (most: number): FormItemRule => ({ max: most, message: () => t('shared.tooLong', { most }), trigger: 'blur' }) as FormItemRule

export const phone: FormItemRule = {
  pattern: /^(1\d{10}|0\d{2,3}-?\d{7,8})$/,
  message: () => t('shared.phoneWrong'),
  trigger: 'blur',
}
