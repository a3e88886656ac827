import type { SqlEntityManager } from '@mikro-orm/sql'
import { numberOf, seriesOf } from '../hazard/found.js'
import { type Day, monthOf } from '../shared/days.js'
import { isSqlite, run } from '../shared/run.js'

/** The running numbers of a bulk load: taken in memory, kept by nobody else until the load is committed. */
export class Numbers {
  readonly #taken = new Set<string>()
  private constructor(private readonly last: Map<string, number>) {}

  static async take(em: SqlEntityManager): Promise<Numbers> {
    if (!isSqlite(em)) await run(em, 'lock table counter in share row exclusive mode')
    const rows = await run<{ key: string; value: number }>(em, 'select key, value from counter')
    return new Numbers(new Map(rows.map(({ key, value }) => [key, Number(value)])))
  }

  #next(series: string, many = 1): number {
    const n = (this.last.get(series) ?? 0) + 1
    this.last.set(series, n + many - 1)
    this.#taken.add(series)
    return n
  }

  /** The first of so many running numbers of fictional enterprises. */
  enterprises(many: number): number {
    return this.#next('DEMO-ENT', many)
  }

  hazard(foundOn: Day, division: string): string {
    const series = seriesOf(foundOn, division)
    return numberOf(series, this.#next(series))
  }
  notice(day: Day): string {
    const series = `ZG-${monthOf(day).replace('-', '')}`
    return numberOf(series, this.#next(series))
  }
  listing(day: Day): string {
    const series = `GP-${day.slice(0, 4)}`
    return `${series}-${String(this.#next(series)).padStart(3, '0')}`
  }

  letter(counter: string): number {
    return this.#next(counter)
  }

  async keep(em: SqlEntityManager): Promise<void> {
    for (const series of this.#taken)
      await run(em, 'insert into counter (key, value) values (?, ?) on conflict (key) do update set value = excluded.value', [series, this.last.get(series)!])
  }
}
