import type { RouteMeta } from 'vue-router'
import { isRole, may } from './session'

/** Whether the page is for the role of the one who looks. */
export const admits = ({ roles, needs }: RouteMeta) => (!roles || isRole(...roles)) && (!needs || may(needs))
