import { spend } from '../shared/rate.js'

/** Points of cost that one access token may spend in a minute; unused ones are kept up to so many. */
export const TOKEN_PER_MINUTE = 60_000

export const spendToken = (token: string, cost: number): void => spend(`token ${token}`, cost, TOKEN_PER_MINUTE)
