import { randomInt } from 'node:crypto'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Attempts } from '../person/throttle.js'

/** Six digits, drawn, never chosen: nobody's birthday. */
export const newPin = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Wrong PINs count per card and per address, as wrong passwords do; a card cannot be guessed by many phones at once. */
export const pinAttempts = (em: SqlEntityManager, token: string, address: string, now: Date): Attempts => new Attempts(em, `card ${token}`, address, now)
