import type { Rig } from './rig.js'

/** The token of a new board link, that the town office makes for its town, or the admin for the county. */
export async function boardLink(rig: Rig, division: string): Promise<string> {
  const { boardLinkCreate } = await rig.ask<{ boardLinkCreate: { url: string } }>(
    await rig.signIn(division.length > 6 ? 'town' : 'admin'),
    'mutation ($day: Day!, $division: String!) { boardLinkCreate(name: "bench", division: $division, expiresOn: $day) { url } }',
    { day: new Date(Date.now() + 864e5).toISOString().slice(0, 10), division },
  )
  return boardLinkCreate.url.split('/').pop()!
}
