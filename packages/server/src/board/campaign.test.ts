import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Campaigns } from '../testing/campaigns.js'
import { hear, listen, liveClient, until } from '../testing/live.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import type { Board } from './snapshot.js'

const BOARD =
  'subscription { board { seq campaign { title phases { name endsOn current taskCount tasksDone rate done late tasks { title served exempted denominator done } } } } }'

let town: Town
let url: string
let campaigns: Campaigns
beforeAll(async () => {
  town = await openTown()
  url = await listen(town.app)
  campaigns = new Campaigns(town)
})
afterAll(async () => {
  await town.close()
  await removeStores()
})
const board = async (who: string) => hear<Board>(liveClient(url, await town.as(who)), BOARD)

test('the campaign stands on the board once it runs and moves with each fact, in each scope its own; other acts leave it still', async () => {
  const [whole, industry, far] = [await board('town'), await board('industry'), await board('town.far')]
  for (const heard of [whole, industry, far]) expect((await heard.count(1))[0]).toMatchObject({ campaign: null })
  const campaign = await campaigns.create()
  const phase = await campaigns.phase(campaign.id, 1, '全面推进', '2026-10-31')
  const task = await campaigns.task(phase, 'POLICY_MADE', { title: '一企一策', dueOn: '2026-10-31' })
  await campaigns.start(campaign)
  const stands = (heard: typeof whole) => heard.events.at(-1)?.campaign?.phases[0]
  await until(() => stands(whole)?.tasks[0]?.denominator === 2)
  await until(() => stands(industry)?.tasks[0]?.denominator === 1)
  expect(stands(whole)).toMatchObject({ name: '全面推进', current: true, taskCount: 1, tasksDone: 0, rate: 0, done: false, late: false })

  await campaigns.policy('industry', town.enterprises['tea']!)
  await until(() => stands(whole)?.tasks[0]?.served === 1)
  await until(() => stands(industry)?.done === true)
  expect(stands(whole)).toMatchObject({ rate: 50, done: false })
  await campaigns.exempt('town', task, town.enterprises['inn']!)
  await until(() => stands(whole)?.done === true)
  expect(stands(whole)?.tasks).toMatchObject([{ served: 1, exempted: 1, denominator: 2 }])

  const [before, elsewhere] = [whole.events.length, industry.events.length]
  await town.get('town', 'mutation ($e: ID!) { policyWrite(enterprise: $e, weakness: "消防", goal: "整改到位") { id } }', { e: town.enterprises['inn'] })
  await until(() => whole.events.length > before)
  expect(stands(whole)?.tasks).toMatchObject([{ served: 2, exempted: 0 }])
  // A fact of a kind that no task of this campaign counts.
  const { enterprisePolicies: plans } = await town.get<{ enterprisePolicies: { nodes: { id: string }[] } }>(
    'industry',
    '{ enterprisePolicies { nodes { id } } }',
  )
  await town.get('industry', 'mutation ($p: ID!) { policyGuide(policy: $p, guidedOn: "2026-03-02", finding: "通道堆物") { id } }', { p: plans.nodes[0]!.id })
  await pause(1_500)
  expect(whole.events).toHaveLength(before + 1)
  expect(industry.events).toHaveLength(elsewhere)
  expect(far.events).toHaveLength(1)
})

test('what a board shows of the campaign is what its scope counts', async () => {
  const { campaigns: list } = await town.get<{ campaigns: { nodes: { id: string }[] } }>('town', '{ campaigns { nodes { id } } }')
  const progress = await campaigns.progress('market', list.nodes[0]!.id)
  const heard = await board('market')
  const [shown] = await heard.count(1)
  expect(shown!.campaign!.phases.map(({ tasks }) => tasks.map(({ served, exempted, denominator, done }) => ({ served, exempted, denominator, done })))).toEqual(
    progress.map(({ tasks }) => tasks.map(({ served, exempted, denominator, done }) => ({ served, exempted, denominator, done }))),
  )
})
