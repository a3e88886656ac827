import { addReference } from '../../seed/reference.js'
import { asSystem } from '../checklists.js'
import { PASSWORD, type Town } from '../town.js'
import type { Deeds } from './deeds.js'

/** 企业: some in each village and of each station, one of none. */
const FIRMS: readonly [key: string, name: string, village: string, station: string | undefined, trade: string | undefined, scale: string][] = [
  ['mill', '金谷样本碾米厂', '350524106201', 'INDUSTRY_STATION', '食品加工', 'ABOVE_SCALE'],
  ['kiln', '金谷样本陶瓷厂', '350524106201', 'INDUSTRY_STATION', '陶瓷', 'SMALL_MICRO'],
  ['press', '金东样本印刷厂', '350524106202', 'INDUSTRY_STATION', '印刷', 'SMALL_MICRO'],
  ['shop', '金谷样本商行', '350524106201', 'MARKET_STATION', '商贸', 'SMALL_MICRO'],
  ['diner', '金东样本饭店', '350524106202', 'MARKET_STATION', '餐饮', 'MEDIUM'],
  ['yard', '金东样本货场', '350524106202', undefined, undefined, 'SMALL_MICRO'],
]

/** What every store begins with, then enterprises by the town office and accounts by the administrator, all through the graph. */
export async function settleIn({ town, do: act }: Pick<Deeds, 'town'> & { do: Deeds['do'] }): Promise<void> {
  await addReference(asSystem(town))
  for (const [key, name, division, station, trade, scaleClass] of FIRMS) {
    const people = { legalRep: `${key}甲`, principal: `${key}乙`, safetyOfficer: `${key}丙`, staffCount: 12 }
    const facts = { name, division, ...(station ? { station } : {}), ...(trade ? { trade } : {}), scaleClass, noUsccReason: '个体', address: `${name}路 1 号` }
    const { id } = await act('town', 'enterpriseCreate', { facts: { ...facts, ...people } })
    town.enterprises[key] = id
    await account(town, act, { username: `ent.${key}`, role: 'ENTERPRISE', division, enterprise: id })
  }
  await account(town, act, { username: 'ent.inn', role: 'ENTERPRISE', division: '350524106202', enterprise: town.enterprises['inn'] })
  await account(town, act, { username: 'safety.tea', role: 'ENTERPRISE', division: '350524106201', enterprise: town.enterprises['tea'] })
  await account(town, act, { username: 'east', role: 'VILLAGE', division: '350524106202' })
}

/** An account gets a first password from the administrator and chooses its own at once. */
async function account(town: Town, act: Deeds['do'], { username, ...facts }: { username: string; [more: string]: unknown }): Promise<void> {
  const made = await act('admin', 'accountCreate', { username, facts: { name: username, ...facts } }, 'password')
  const ask = async (query: string, variables: object, token?: string) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {}
    const answer = await town.app.fastify.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } })
    const { data, errors } = answer.json<{ data: { signIn: { token: string } }; errors?: { message: string }[] }>()
    if (errors) throw new Error(errors[0]!.message)
    return data
  }
  const current = String(made['password'])
  const { signIn } = await ask('mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', { u: username, p: current })
  await ask('mutation ($c: String!, $n: String!) { passwordChange(current: $c, next: $n) { username } }', { c: current, n: PASSWORD }, signIn.token)
}
