export class WrongSetting extends Error {
  constructor(name: string, value: string, wanted: string) {
    super(`${name}=${value} is not valid: ${wanted}`)
    this.name = 'WrongSetting'
  }
}

export type Env = Record<string, string | undefined>

/** Settings read from the environment; a wrong one stops the process with its name, a secret one without its value. */
export class Settings {
  constructor(private readonly env: Env) {}

  given(name: string): string | undefined {
    return this.env[name]?.trim() || undefined
  }

  text(name: string, fallback: string): string {
    return this.given(name) ?? fallback
  }

  whole(name: string, fallback: number, low: number, high: number): number {
    const raw = this.text(name, String(fallback))
    const value = Number(raw)
    if (!/^\d+$/.test(raw) || value < low || value > high) throw new WrongSetting(name, raw, `a whole number from ${low} to ${high}`)
    return value
  }

  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const raw = this.text(name, fallback)
    if (!(values as readonly string[]).includes(raw)) throw new WrongSetting(name, raw, `one of ${values.join(', ')}`)
    return raw as T
  }

  on(name: string, fallback: 'on' | 'off'): boolean {
    return this.oneOf(name, ['on', 'off'], fallback) === 'on'
  }

  url(name: string, raw: string, protocols: string[]): string {
    const parsed = URL.canParse(raw) ? new URL(raw) : undefined
    if (!parsed || !protocols.includes(parsed.protocol))
      throw new WrongSetting(name, raw.replace(/:[^:@/]*@/, ':…@'), `a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`)
    return raw.replace(/\/+$/, '')
  }

  urlGiven(name: string, protocols: string[]): string | undefined {
    const raw = this.given(name)
    return raw && this.url(name, raw, protocols)
  }

  /** What another setting cannot do without; its value is never told. */
  needed(name: string, by: string): string {
    const value = this.given(name)
    if (!value) throw new WrongSetting(name, '', `needed with ${by}`)
    return value
  }
}
