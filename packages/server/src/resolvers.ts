import { PersonResolver } from './person/person.resolver.js'

export const RESOLVERS = [PersonResolver] as const
