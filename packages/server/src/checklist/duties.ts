import type { Duty } from '../shared/duty.js'
import { seesNorm } from '../standard/keeping.js'
import { Norm, NormStatus } from '../standard/norm.entity.js'
import { Checklist } from './checklist.entity.js'

/** Lists whose norm has a newer version: the enterprise looks at the difference and carries them over, its station sees to it. */
export const LISTS_BEHIND: Duty = {
  key: 'checklist.duty.behind',
  roles: ['ENTERPRISE', 'STATION'],
  to: '/checklists?behind=behind',
  count: ({ em }) => em.count(Checklist, { endedOn: null, template: { norm: { status: NormStatus.SUPERSEDED } } }),
}

/** Norms that a station has prepared and nobody has published yet. */
export const NORMS_TO_PUBLISH: Duty = {
  key: 'checklist.duty.toPublish',
  roles: ['TOWN_OFFICE'],
  to: '/norms?view=versions&status=DRAFT',
  count: async ({ em, actor }) => (await em.find(Norm, { status: NormStatus.DRAFT })).filter((norm) => seesNorm(actor, norm)).length,
}
