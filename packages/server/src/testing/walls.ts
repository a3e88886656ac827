import { ref } from '@mikro-orm/core'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { placeOf } from '../enterprise/standing.js'
import { FloorArea, FloorPlan } from '../risk/floorPlan.entity.js'
import { RiskStanding } from '../risk/riskStanding.entity.js'
import type { RiskColor } from '../risk/terms.js'
import { act, type Act } from '../shared/act.js'
import type { Town } from './town.js'

const CREATE =
  'mutation ($name: String!, $division: String!, $station: String, $expiresOn: Day!, $scenes: [BoardScene!], $look: BoardLook) { boardLinkCreate(name: $name, division: $division, station: $station, expiresOn: $expiresOn, scenes: $scenes, look: $look) { url link { id scenes look } } }'

export type Reply<T> = { data?: T; errors?: { extensions: { code: string } }[] }

/** The walls of a town: their links, what they ask, and what they show of plans and colours. */
export function wallsOf(town: () => Town) {
  const doing = (work: (doing: Act) => Promise<void>) =>
    act({ em: town().store.em({ division: '' }), actor: undefined, now: town().clock.now, request: 'test' }, 'test', work)

  async function link(more: Record<string, unknown> = {}, who = 'town') {
    const facts = { name: '三楼会议室', division: '350524106', expiresOn: '2026-04-01', ...more }
    const { boardLinkCreate: made } = await town().get<{ boardLinkCreate: { url: string; link: { id: string; scenes: string | null; look: string | null } } }>(
      who,
      CREATE,
      facts,
    )
    return { token: made.url.replace('/board/', ''), ...made.link }
  }
  async function ask<T>(token: string, query: string, variables: Record<string, unknown> = {}): Promise<Reply<T>> {
    const answer = await town().app.fastify.inject({
      ...{ method: 'POST', url: '/graphql', headers: { authorization: `Bearer ${token}` }, payload: { query, variables } },
    })
    return answer.json<Reply<T>>()
  }
  return {
    ...{ link, ask },
    code: async (token: string, query: string, variables?: Record<string, unknown>) => (await ask(token, query, variables)).errors?.[0]?.extensions.code,
    /** The code that the wall shows to the phones of its room. */
    room: async (token: string) => (await ask<{ boardWall: { room: string } }>(token, '{ boardWall { room } }')).data!.boardWall.room,

    /** A plan of one storey with one area, as a station draws it. */
    plan: (key: string) =>
      doing(async ({ em }) => {
        const firm = await em.findOneOrFail(Enterprise, { id: town().enterprises[key]! })
        const stand = { ...placeOf(firm), createdAt: town().clock.now.toISOString() }
        const sheet = Object.assign(new FloorPlan(), { ...stand, name: `${key}厂区`, width: 1000, height: 700 })
        em.persist([sheet, Object.assign(new FloorArea(), { ...stand, plan: ref(sheet), name: `${key}仓库`, outline: '100,100 400,100 400,400' })])
      }),
    colored: (key: string, effective: RiskColor) =>
      doing(async ({ em }) => {
        const firm = await em.findOneOrFail(Enterprise, { id: town().enterprises[key]! })
        const had = await em.findOne(RiskStanding, { enterprise: firm.id })
        em.persist(Object.assign(had ?? Object.assign(new RiskStanding(), { ...placeOf(firm), createdAt: town().clock.now.toISOString() }), { effective }))
      }),
  }
}
