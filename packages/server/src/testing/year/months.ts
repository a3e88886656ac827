import { Months, type Sheet, type SummaryRow } from '../months.js'
import type { Town } from '../town.js'

/** Who writes for a unit; units of nobody's are named missing. */
const WRITER: Record<string, string> = { INDUSTRY_STATION: 'industry', MARKET_STATION: 'market', '350524106201': 'village', '350524106202': 'east' }
type Summary = SummaryRow & { unit: string; kind: string }

export class MonthWork {
  readonly months: Months
  /** Every signature: whose summary, and its lines as they stood on the paper then. */
  readonly signed: { id: string; asOf: string; lines: Sheet['lines'] }[] = []
  constructor(private readonly town: Town) {
    this.months = new Months(town)
  }

  async of(period: string): Promise<Summary[]> {
    const { summaries } = await this.town.get<{ summaries: { nodes: Summary[] } }>(
      'town',
      `query ($p: String!) { summaries(first: 200, where: { period: { eq: $p } }, orderBy: [{ field: level }, { field: unit }]) { nodes { id version level unit unitName period kind dueOn state } } }`,
      { p: period },
    )
    return summaries.nodes
  }

  /** The units below report, but for some; one is sent back once; those who reported are accepted. */
  async below(period: string, silent: readonly string[] = [], returned?: string): Promise<void> {
    for (const one of await this.of(period)) {
      const who = WRITER[one.unit]
      if (one.level === 'TOWN' || !who || silent.includes(one.unit)) continue
      let sent = await this.#submit(who, one)
      if (one.unit === returned) sent = await this.#submit(who, await this.months.giveBack('town', sent, '检查次数不对'))
      await this.months.accept('town', sent)
    }
  }

  /** The town signs, names who is missing, and the county takes it. */
  async sign(period: string, accept = true): Promise<SummaryRow> {
    const all = await this.of(period)
    const missing = all.filter(({ level, state }) => level !== 'TOWN' && state !== 'ACCEPTED').map(({ id }) => ({ summary: id, reason: '未按要求报送' }))
    const sent = await this.months.submit(
      'town',
      all.find(({ level }) => level === 'TOWN')!,
      missing,
    )
    return accept ? this.months.accept('county', sent) : sent
  }

  async #submit(who: string, row: SummaryRow, missing?: object[]): Promise<SummaryRow> {
    const { clock } = this.town
    clock.now = new Date(clock.now.getTime() + 1000)
    const sent = await this.months.submit(who, row, missing)
    clock.now = new Date(clock.now.getTime() + 1000)
    this.signed.push({ id: sent.id, asOf: sent.asOf!, lines: (await this.months.sheet(who, sent)).lines })
    return sent
  }

  /** 更正: the county opens what was signed, the town signs anew. */
  async correct(signed: SummaryRow, reason: string): Promise<SummaryRow> {
    await this.months.reopen('county', signed, reason)
    return this.sign(signed.period)
  }
}
