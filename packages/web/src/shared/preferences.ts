import { reactive, watch, watchEffect } from 'vue'
import { speak, type Language } from './words'

interface Preferences {
  language: Language
  fontSize: 14 | 16 | 18
  theme: 'light' | 'dark'
  menuFolded: boolean
}

const KEY = 'anbiao.preferences'

/** What a person set for this browser. Kept outside the account: the office PC and the phone want different sizes. */
export const preferences = reactive<Preferences>({
  language: 'zh',
  fontSize: 14,
  theme: 'light',
  menuFolded: false,
  ...remembered<Partial<Preferences>>(KEY, {}),
})

export function remembered<T>(key: string, otherwise: T): T {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? otherwise
  } catch {
    return otherwise
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A full or forbidden store only costs the convenience of remembering.
  }
}

export function applyPreferences(): void {
  watch(preferences, (now) => remember(KEY, now))
  watchEffect(() => {
    const root = document.documentElement
    root.style.setProperty('--base', `${preferences.fontSize}px`)
    root.classList.toggle('dark', preferences.theme === 'dark')
  })
  watch(() => preferences.language, speak, { immediate: true })
}
