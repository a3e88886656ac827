import { afterAll, beforeAll, expect, test } from 'vitest'
import { Campaigns, type CampaignSaid } from '../testing/campaigns.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'

let town: Town
let campaigns: Campaigns
beforeAll(async () => {
  town = await openTown()
  campaigns = new Campaigns(town)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})

let n = 0
const aCampaign = async (facts: object = {}) => campaigns.create({ title: `第${++n}个行动`, ...facts })
const close = (who: string, { id }: CampaignSaid, version: number, note = '都完成了') =>
  town.ask(who, 'mutation ($id: ID!, $version: Int!, $note: String!) { campaignClose(id: $id, version: $version, note: $note) { id stage } }', {
    ...{ id, version, note },
  })
const versionOf = async ({ id }: CampaignSaid) =>
  (await town.get<{ campaign: { version: number } }>('town', 'query ($id: ID!) { campaign(id: $id) { version } }', { id })).campaign.version

test('the town office writes a campaign; its document number is put right or refused by name', async () => {
  expect((await aCampaign()).number).toBe('金政〔2026〕6号')
  const wrong = await town.ask('town', 'mutation ($facts: CampaignInput!) { campaignCreate(facts: $facts) { id } }', {
    facts: { year: 2026, title: '另一个', number: '六号文', issuer: '镇政府', officeLabel: '镇安监办' },
  })
  expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: 'DOCUMENT_NUMBER', field: 'number' })
  for (const who of ['industry', 'village', 'ent.tea', 'county', 'admin'])
    expect(
      await town.code(who, 'mutation ($facts: CampaignInput!) { campaignCreate(facts: $facts) { id } }', {
        facts: { year: 2026, title: '我来', issuer: '某', officeLabel: '' },
      }),
    ).toBe('FORBIDDEN')
})

test('a deadline may lie before the date of the paper, and a phase needs no first day', async () => {
  const campaign = await aCampaign({ issuedOn: '2026-03-15' })
  await campaigns.phase(campaign.id, 1, '前期准备', '2026-02-28', { deliverables: '告知书送达\n承诺书签订' })
  await campaigns.phase(campaign.id, 2, '标杆提升', '2026-03-31')
  const phases = await campaigns.progress('town', campaign.id)
  expect(phases.map(({ startsOn, endsOn }) => [startsOn, endsOn])).toEqual([
    ['2026-01-01', '2026-02-28'],
    ['2026-03-01', '2026-03-31'],
  ])
  expect(phases.map(({ done }) => done)).toEqual([null, null])
  const taken = await town.code('town', 'mutation ($c: ID!, $f: PhaseInput!) { phaseSet(campaign: $c, facts: $f) { id } }', {
    c: campaign.id,
    f: { position: 2, name: '又一个', endsOn: '2026-05-31' },
  })
  expect(taken).toBe('POSITION_TAKEN')
})

test('a draft is the town office’s own; once it runs everybody of the town sees it, the neighbour does not', async () => {
  const campaign = await aCampaign()
  const phase = await campaigns.phase(campaign.id, 1, '前期准备', '2026-02-28')
  const seen = async (who: string) =>
    (await town.get<{ campaigns: { nodes: { id: string }[] } }>(who, '{ campaigns(first: 100) { nodes { id } } }')).campaigns.nodes.some(
      ({ id }) => id === campaign.id,
    )
  const started = await town.code('town', 'mutation ($id: ID!, $v: Int!) { campaignStart(id: $id, version: $v) { id } }', {
    id: campaign.id,
    v: campaign.version,
  })
  expect(started).toBe('CAMPAIGN_EMPTY')
  await campaigns.task(phase, 'NOTICE_DELIVERED')
  for (const who of ['industry', 'village', 'ent.tea', 'county', 'town.far']) {
    expect(await seen(who), who).toBe(false)
    expect(await town.code(who, 'query ($id: ID!) { campaign(id: $id) { id } }', { id: campaign.id }), who).toBe('NOT_FOUND')
    expect(await town.code(who, 'query ($id: ID!) { campaignProgress(id: $id) { campaign } }', { id: campaign.id }), who).toBe('NOT_FOUND')
    const walked = await town.get<{ phases: { nodes: { plan: { id: string } | null }[] }; campaignTasks: { nodes: { campaign: { id: string } | null }[] } }>(
      who,
      '{ phases(first: 200) { nodes { plan { id } } } campaignTasks(first: 200) { nodes { campaign { id } } } }',
    )
    expect(JSON.stringify(walked), who).not.toContain(campaign.id)
  }
  await campaigns.start(campaign)
  for (const who of ['industry', 'village', 'ent.tea', 'county']) expect(await seen(who), who).toBe(true)
  expect(await seen('town.far')).toBe(false)
})

test('a task is shown done by a fact that the system counts for its subject', async () => {
  const campaign = await aCampaign()
  const phase = await campaigns.phase(campaign.id, 1, '前期准备', '2026-02-28')
  const add = (facts: object) =>
    town.ask('town', 'mutation ($phase: ID!, $facts: CampaignTaskInput!) { campaignTaskAdd(phase: $phase, facts: $facts) { id } }', {
      phase,
      facts: { position: 1, title: '任务', subject: 'ENTERPRISE', responsible: 'STATION', evidence: 'NOTICE_DELIVERED', dueOn: '2026-02-28', ...facts },
    })
  expect((await add({ evidence: 'BENCHMARK_NOMINATED' })).errors?.[0]?.extensions).toMatchObject({ code: 'EVIDENCE_SUBJECT', field: 'subject' })
  expect((await add({ title: ' ' })).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'title' })
  expect((await add({ station: 'NOWHERE' })).errors?.[0]?.extensions).toMatchObject({ code: 'STATION_UNKNOWN', field: 'station' })
  const { campaignEvidence } = await town.get<{ campaignEvidence: { kind: string }[] }>('town', '{ campaignEvidence { kind subject label } }')
  expect(campaignEvidence.length).toBeGreaterThan(15)
})

test('every evidence answers, for everybody, now and as of before', async () => {
  const campaign = await aCampaign()
  const phase = await campaigns.phase(campaign.id, 1, '全部', '2026-12-31')
  const { campaignEvidence } = await town.get<{ campaignEvidence: { kind: string; subject: string }[] }>('town', '{ campaignEvidence { kind subject } }')
  for (const { kind, subject } of campaignEvidence) await campaigns.task(phase, kind, { subject, title: kind })
  await campaigns.start(campaign)
  const before = town.clock.now
  town.clock.now = new Date(before.getTime() + 3_600_000)
  const asked: Record<string, number> = {}
  for (const who of ['town', 'industry', 'market', 'village', 'ent.tea', 'county'])
    for (const asOf of [undefined, before.toISOString()])
      for (const task of (await campaigns.progress(who, campaign.id, asOf))[0]!.tasks) {
        expect(task.served + task.exempted + task.missing, `${who} ${task.title}`).toBe(task.denominator)
        expect((await campaigns.units(who, task.id)).length, `${who} ${task.title}`).toBe(task.denominator)
        if (!asOf) asked[`${who} ${task.title}`] = task.denominator
      }
  expect(asked).toMatchObject({
    ...{
      'town NOTICE_DELIVERED': 2,
      'industry NOTICE_DELIVERED': 1,
      'village NOTICE_DELIVERED': 1,
      'ent.tea NOTICE_DELIVERED': 1,
      'county NOTICE_DELIVERED': 2,
    },
    ...{ 'town BENCHMARK_NOMINATED': 2, 'industry BENCHMARK_NOMINATED': 1, 'village BENCHMARK_NOMINATED': 0, 'ent.tea BENCHMARK_NOMINATED': 0 },
    ...{ 'town PATROLLED': 2, 'industry PATROLLED': 0, 'village PATROLLED': 1, 'ent.tea PATROLLED': 0, 'county PATROLLED': 2 },
  })
  town.clock.now = before
})

test('nobody is asked: the rate is —, and neither task nor phase is done', async () => {
  const campaign = await aCampaign()
  const phase = await campaigns.phase(campaign.id, 1, '前期准备', '2026-02-28')
  const task = await campaigns.task(phase, 'NOTICE_DELIVERED', { trade: '没有的行业' })
  await campaigns.start(campaign)
  expect(await campaigns.taskStands('town', campaign.id, task)).toMatchObject({ denominator: 0, rate: null, done: null, late: false })
  expect((await campaigns.progress('town', campaign.id))[0]).toMatchObject({ done: null, taskCount: 0 })
})

test('a copy has next year’s days and the same tasks, and nothing that was achieved', async () => {
  const campaign = await aCampaign({ title: '2026年专项行动' })
  const phase = await campaigns.phase(campaign.id, 1, '前期准备', '2026-02-28', { deliverables: '告知书' })
  const task = await campaigns.task(phase, 'POLICY_MADE', { demand: '逐家编制' })
  await campaigns.start(campaign)
  await campaigns.exempt('town', task, town.enterprises['inn']!)
  const { campaignCopy } = await town.get<{
    campaignCopy: { id: string; title: string; stage: string; number: string | null; phases: { nodes: object[] }; tasks: { nodes: object[] } }
  }>(
    'town',
    `mutation ($id: ID!) { campaignCopy(id: $id, year: 2027) { id title stage number
      phases { nodes { name startsOn endsOn deliverables } } tasks { nodes { title demand dueOn evidence exemptions { totalCount } } } } }`,
    { id: campaign.id },
  )
  expect(campaignCopy).toMatchObject({ title: '2027年专项行动', stage: 'DRAFT', number: null })
  expect(campaignCopy.phases.nodes).toEqual([{ name: '前期准备', startsOn: '2027-01-01', endsOn: '2027-02-28', deliverables: '告知书' }])
  expect(campaignCopy.tasks.nodes).toEqual([
    { title: 'POLICY_MADE', demand: '逐家编制', dueOn: '2027-02-28', evidence: 'POLICY_MADE', exemptions: { totalCount: 0 } },
  ])
  expect(await town.code('town', 'mutation ($id: ID!) { campaignCopy(id: $id, year: 2027) { id } }', { id: campaign.id })).toBe('CAMPAIGN_TAKEN')
  expect(await town.code('town', 'mutation ($id: ID!) { campaignCopy(id: $id, year: 2026) { id } }', { id: campaign.id })).toBe('OUT_OF_RANGE')
})

test('a running campaign is changed with a reason, a closed one no more; its figures stay as they were', async () => {
  const campaign = await aCampaign({ title: '要结束的' })
  const phase = await campaigns.phase(campaign.id, 1, '全面推进', '2026-10-31')
  const task = await campaigns.task(phase, 'POLICY_MADE')
  await campaigns.start(campaign)
  const edit = (reason?: string) =>
    town.code(
      'town',
      'mutation ($id: ID!, $v: Int!, $f: CampaignTaskInput!, $r: String) { campaignTaskEdit(id: $id, version: $v, facts: $f, reason: $r) { id } }',
      {
        id: task,
        v: 1,
        f: { position: 1, title: '编制一企一策', subject: 'ENTERPRISE', responsible: 'STATION', evidence: 'POLICY_MADE', dueOn: '2026-10-31' },
        r: reason ?? null,
      },
    )
  expect(await edit()).toBe('MISSING')
  expect(await edit('写得更清楚')).toBeUndefined()
  const before = await campaigns.taskStands('town', campaign.id, task)
  expect((await close('town', campaign, await versionOf(campaign), ' ')).errors?.[0]?.extensions).toMatchObject({ code: 'MISSING', field: 'note' })
  expect((await close('town.far', campaign, await versionOf(campaign))).errors?.[0]?.extensions.code).toBe('NOT_FOUND')
  expect((await close('town', campaign, await versionOf(campaign))).data?.['campaignClose']).toMatchObject({ stage: 'CLOSED' })
  town.clock.now = new Date(town.clock.now.getTime() + 60_000)
  await campaigns.policy('industry', town.enterprises['tea']!)
  expect(await campaigns.taskStands('town', campaign.id, task)).toEqual(before)
  expect(await edit('再改')).toBe('WRONG_STAGE')
  expect((await campaigns.exempt('town', task, town.enterprises['tea']!)).errors?.[0]?.extensions.code).toBe('WRONG_STAGE')
})
