const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/QQBrowser/, 'QQBrowser'],
  [/QHBrowser|QihooBrowser|360SE|360EE/, '360'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Kylin|UOS|Linux/, 'Linux'],
]
const first = (names: readonly [RegExp, string][], text: string) => names.find(([sign]) => sign.test(text))?.[1]

/** What a browser says of itself, as people call it. */
export function deviceName(said: string): string {
  return [first(SYSTEMS, said), first(BROWSERS, said)].filter(Boolean).join(' · ') || said
}
