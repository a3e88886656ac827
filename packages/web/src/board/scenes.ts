import type { Wall } from './live'

/** 画面, in the order in which a wall turns through them. */
export const SCENES = ['CLOSURE', 'CAMPAIGN', 'COLORS', 'STATIONS', 'MEETING'] as const
export type Scene = (typeof SCENES)[number]

const HOUR_MS = 3_600_000
/** What the room has pointed at holds for a meeting, not for the night. */
export const POINTED_MS = 2 * HOUR_MS
/** The past is not left on a wall: who comes in would take it for now. */
export const PAST_MS = HOUR_MS / 2
export const REPLAY_MS = 3 * 60_000
export const MEETING_MS = 12 * HOUR_MS

const within = (at: string | null | undefined, time: number, span: number) => !!at && time - Date.parse(at) < span && time - Date.parse(at) > -span

export interface Pointing {
  scene: Scene | undefined
  place: string | undefined
  firm: string | undefined
  /** When the room last said so. */
  pointedAt: string | undefined
  then: string | undefined
  /** When its replay began; undefined: none, or it is over. */
  replay: string | undefined
  meeting: string | undefined
}

/** What of the room's pointing still holds. */
export function pointingOf(wall: Wall | undefined, time: number): Pointing {
  const holds = within(wall?.pointedAt, time, POINTED_MS)
  const past = within(wall?.pointedAt, time, PAST_MS)
  return {
    scene: holds ? (wall?.pointed ?? undefined) : undefined,
    place: holds ? (wall?.place ?? undefined) : undefined,
    firm: holds ? (wall?.firm ?? undefined) : undefined,
    pointedAt: holds ? (wall?.pointedAt ?? undefined) : undefined,
    then: past ? (wall?.thenAt ?? undefined) : undefined,
    replay: within(wall?.replayAt, time, REPLAY_MS) ? (wall?.replayAt ?? undefined) : undefined,
    meeting: within(wall?.meetingAt, time, MEETING_MS) ? (wall?.meetingAt ?? undefined) : undefined,
  }
}

/** Which of the link's scenes have something to show now; closure always has. */
export function possibleScenes(scenes: readonly Scene[], has: { campaign: boolean; meeting: boolean }): Scene[] {
  const some = scenes.filter((scene) => (scene === 'CAMPAIGN' ? has.campaign : scene === 'MEETING' ? has.meeting : true))
  return some.length ? some : ['CLOSURE']
}

const DAY_MS = 24 * HOUR_MS
export const REPLAY_DAYS = 30
/** Midnight in Shanghai, in UTC. */
const MIDNIGHT_MS = 16 * HOUR_MS

/** The instants of a replay: the ends of days in Shanghai, so that every wall asks for the same. */
export function replayFrames(end: number, since: number): number[] {
  const last = Math.floor((end - MIDNIGHT_MS) / DAY_MS) * DAY_MS + MIDNIGHT_MS
  const frames = Array.from({ length: REPLAY_DAYS + 1 }, (_, i) => last + (i - REPLAY_DAYS) * DAY_MS)
  return frames.filter((at) => at > since)
}
