import type { Deeds, Row } from './deeds.js'

const FIXINGS = {
  ...{ responsiblePerson: '甲', responsibleDept: '生产部', measures: '加装除尘', fundFen: 300_000, fundSource: '自筹', milestones: '分两步' },
  emergencyPlan: '断电撤人',
}

/** 隐患 as they are found, told, put right and looked at again, each by whoever it is for. */
export class HazardWork {
  #places = 0
  constructor(private readonly deeds: Deeds) {}

  async found(who: string, firm: string, more: Record<string, unknown> = {}, args: object = {}): Promise<Row> {
    const { town } = this.deeds
    const source = who.startsWith('ent.') ? 'SELF_CHECK' : who === 'village' || who === 'east' ? 'GRID_PATROL' : 'STATION_GUIDANCE'
    const foundOn = new Date(town.clock.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
    const facts = {
      ...{
        description: `第${++this.#places}处防护缺失`,
        place: `${this.#places}号位`,
        factor: 'OBJECT',
        severity: 'GENERAL',
        source,
        manageType: 'DEADLINE',
        foundOn,
      },
      ...more,
    }
    return this.deeds.do(who, 'hazardReport', { enterprise: town.enterprises[firm], facts, ...args })
  }
  notify = (who: string, { id }: Row, dueOn: string): Promise<Row> => this.deeds.do(who, 'hazardNotify', { id, dueOn })
  async fixed(who: string, { id }: Row, result = '已按要求加装并固定', accepted = false): Promise<Row> {
    if (!accepted) await this.deeds.do(who, 'hazardAccept', { id })
    return this.deeds.do(who, 'hazardSubmit', { id, result, photos: [await this.deeds.photo(who)] })
  }
  close = (who: string, { id }: Row): Promise<Row> => this.deeds.do(who, 'hazardClose', { id })
  giveBack = (who: string, { id }: Row, dueOn: string): Promise<Row> => this.deeds.do(who, 'hazardReturn', { id, reason: '未固定到位', dueOn })

  async extended(who: string, by: string, { id }: Row, toDueOn: string, approve: boolean): Promise<void> {
    const asked = await this.deeds.do(who, 'extensionAsk', { hazard: id, toDueOn, reason: '配件未到' })
    await this.deeds.do(by, 'extensionDecide', { id: asked.id, approve, ...(approve ? {} : { opinion: '不予延期' }) })
  }

  /** A major one: told with its clause, planned, approved, listed. */
  async major(firm: string, who: string, owner: string, dueOn: string, list: boolean): Promise<Row> {
    const { town } = this.deeds
    const { criteria } = await town.get<{ criteria: { id: string }[] }>('town', '{ criteria { id } }')
    const one = await this.found(who, firm, { severity: 'MAJOR', interimMeasure: '停止使用' }, { criterion: criteria[0]!.id })
    await this.notify(who, one, dueOn)
    await this.deeds.do(owner, 'hazardPlan', { id: one.id, fixings: FIXINGS })
    await this.deeds.do(who, 'hazardApprovePlan', { id: one.id })
    if (list) await this.deeds.do('town', 'hazardList', { id: one.id })
    return one
  }
}
