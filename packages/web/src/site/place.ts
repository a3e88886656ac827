import { viewer } from '../shared/session'

/** Where a new record is to stand; inside an enterprise it is one's own. */
export const ownPlace = (enterprise?: string) => ({ enterprise: enterprise ?? viewer.value?.enterprise?.id ?? '', unit: '', post: '' })

/** 全企业, a workshop, a post: as it is read. */
export const placeText = (row: { workshop?: string | null; post?: { name: string } | null }, whole: string) =>
  [row.workshop ?? whole, row.post?.name].filter(Boolean).join(' · ')
