import { HazardPhotosResolver } from './attachment/attachment.resolver.js'
import { BulkResolver } from './hazard/bulk.resolver.js'
import { ClosureResolver } from './hazard/closure.resolver.js'
import { ExtensionResolver } from './hazard/extension.resolver.js'
import { HazardResolver } from './hazard/hazard.resolver.js'
import { ReminderResolver } from './hazard/reminder.resolver.js'
import { PersonResolver } from './person/person.resolver.js'

export const RESOLVERS = [HazardResolver, ClosureResolver, ExtensionResolver, BulkResolver, ReminderResolver, HazardPhotosResolver, PersonResolver] as const
