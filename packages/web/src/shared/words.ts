import { createI18n } from 'vue-i18n'

export type Language = 'zh' | 'en'
type Words = { [key: string]: string | Words }
type Loader = () => Promise<Words>

// What the sign-in page and the frame say is in the first chunk; the words of the domains follow with the first signed-in page.
const first = import.meta.glob<Words>('../i18n/zh/{shared,shell,person,refusal}.ts', { eager: true, import: 'default' })
const rest: Record<Language, Record<string, Loader>> = {
  zh: import.meta.glob<Words>(['../i18n/zh/*.ts', '!../i18n/zh/{shared,shell,person,refusal}.ts'], { import: 'default' }),
  en: import.meta.glob<Words>('../i18n/en/*.ts', { import: 'default' }),
}

const domainOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.ts'.length)
const byDomain = (files: Record<string, Words>): Words => Object.fromEntries(Object.entries(files).map(([path, content]) => [domainOf(path), content]))

/** `共 {n} 条` with n = 3 → `共 3 条`. */
export const fill = (text: string, valueOf: (name: string) => unknown) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(valueOf(name) ?? ''))

export const words = createI18n({
  legacy: false,
  locale: 'zh',
  fallbackLocale: 'zh',
  // Our words only fill in values, so the whole message language need not be shipped to read them.
  messageCompiler: (message: unknown) => (values: { named: (name: string) => unknown }) => fill(String(message), (name) => values.named(name)),
  messages: { zh: byDomain(first), en: {} } as Record<Language, Words>,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

const loaded: Partial<Record<Language, Promise<void>>> = {}

/** Loads every word of a language once. */
export function loadWords(language: Language): Promise<void> {
  return (loaded[language] ??= Promise.all(
    Object.entries(rest[language]).map(async ([path, load]) => words.global.mergeLocaleMessage(language, { [domainOf(path)]: await load() })),
  ).then(() => undefined))
}

export async function speak(language: Language): Promise<void> {
  if (language === 'en') await loadWords('en')
  words.global.locale.value = language
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}
