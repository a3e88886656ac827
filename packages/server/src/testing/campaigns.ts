import type { Town } from './town.js'

export interface CampaignSaid {
  id: string
  version: number
  stage: string
  number: string | null
}
export interface TaskStands {
  id: string
  title: string
  denominator: number
  served: number
  exempted: number
  missing: number
  rate: number | null
  done: boolean | null
  late: boolean
}
export interface PhaseStands {
  id: string
  name: string
  startsOn: string
  endsOn: string
  taskCount: number
  tasksDone: number
  units: number
  unitsDone: number
  done: boolean | null
  late: boolean
  tasks: TaskStands[]
}

const FACTS = {
  year: 2026,
  title: '2026年安全生产标准化提升专项行动',
  number: '金政[2026]第06号',
  issuer: '金谷镇人民政府',
  issuedOn: '2026-03-15',
  officeLabel: '镇安办',
}
const PROGRESS = `query ($id: ID!, $asOf: Instant) { campaignProgress(id: $id, asOf: $asOf) { asOf today phases { id name startsOn endsOn taskCount tasksDone units unitsDone done late
  tasks { id title denominator served exempted missing rate done late } } } }`

/** Campaigns of a test's town, said in a few words. */
export class Campaigns {
  constructor(private readonly town: Town) {}

  async create(facts: object = {}, who = 'town'): Promise<CampaignSaid> {
    const { campaignCreate } = await this.town.get<{ campaignCreate: CampaignSaid }>(
      who,
      'mutation ($facts: CampaignInput!) { campaignCreate(facts: $facts) { id version stage number } }',
      { facts: { ...FACTS, ...facts } },
    )
    return campaignCreate
  }

  async phase(campaign: string, position: number, name: string, endsOn: string, more: object = {}): Promise<string> {
    const { phaseSet } = await this.town.get<{ phaseSet: { id: string } }>(
      'town',
      'mutation ($campaign: ID!, $facts: PhaseInput!) { phaseSet(campaign: $campaign, facts: $facts) { id } }',
      { campaign, facts: { position, name, endsOn, ...more } },
    )
    return phaseSet.id
  }

  async task(phase: string, evidence: string, more: object = {}): Promise<string> {
    const facts = { position: 1, title: evidence, subject: 'ENTERPRISE', responsible: 'STATION', evidence, dueOn: '2026-02-28', ...more }
    const { campaignTaskAdd } = await this.town.get<{ campaignTaskAdd: { id: string } }>(
      'town',
      'mutation ($phase: ID!, $facts: CampaignTaskInput!) { campaignTaskAdd(phase: $phase, facts: $facts) { id } }',
      { phase, facts },
    )
    return campaignTaskAdd.id
  }

  async start({ id }: Pick<CampaignSaid, 'id'>): Promise<void> {
    const { campaign } = await this.town.get<{ campaign: CampaignSaid }>('town', 'query ($id: ID!) { campaign(id: $id) { version } }', { id })
    await this.town.get('town', 'mutation ($id: ID!, $version: Int!) { campaignStart(id: $id, version: $version) { id } }', { id, version: campaign.version })
  }

  async progress(who: string, id: string, asOf?: string): Promise<PhaseStands[]> {
    const { campaignProgress } = await this.town.get<{ campaignProgress: { phases: PhaseStands[] } }>(who, PROGRESS, { id, asOf: asOf ?? null })
    return campaignProgress.phases
  }

  async taskStands(who: string, id: string, task: string, asOf?: string): Promise<TaskStands> {
    return (await this.progress(who, id, asOf)).flatMap(({ tasks }) => tasks).find((one) => one.id === task)!
  }

  exempt(who: string, task: string, unit: string, reason = '停产检修') {
    return this.town.ask(
      who,
      'mutation ($task: ID!, $unit: ID!, $reason: String!) { campaignExempt(task: $task, unit: $unit, reason: $reason) { id version stage } }',
      {
        ...{ task, unit, reason },
      },
    )
  }

  async units(
    who: string,
    task: string,
    state?: string,
  ): Promise<{ id: string; name: string; state: string; exemption: string | null; exemptionVersion: number | null; reason: string | null }[]> {
    const { campaignTaskUnits } = await this.town.get<{ campaignTaskUnits: { total: number; nodes: never[] } }>(
      who,
      'query ($task: ID!, $state: UnitState) { campaignTaskUnits(task: $task, state: $state) { total nodes { id name state to exemption exemptionVersion reason } } }',
      { task, state: state ?? null },
    )
    return campaignTaskUnits.nodes
  }

  policy(who: string, enterprise: string) {
    return this.town.ask(
      who,
      'mutation ($enterprise: ID!) { policyWrite(enterprise: $enterprise, weakness: "现场管理薄弱", goal: "年底前达到标准化三级") { id version } }',
      { enterprise },
    )
  }
}
