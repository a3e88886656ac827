import { ControlLevel } from './terms.js'

const ALL = Object.values(ControlLevel)

/** What an upper level controls every level below it controls too (domain.md §3.6). */
export const levelsOf = (level: ControlLevel | null | undefined): ControlLevel[] => (level ? ALL.slice(ALL.indexOf(level)) : [])
