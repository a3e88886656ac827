import type { Column } from '../shared/grid/column'
import { instantText } from '../shared/days'
import { yuanText } from './money'
import type { HazardRow } from './useHazards'

type Say = (key: string) => string
type HazardColumn = Column<HazardRow>

const all = (t: Say): Record<string, HazardColumn> => ({
  number: { key: 'number', title: t('hazard.fact.number'), width: 184, sortable: true, text: (row) => row.number, card: 'line' },
  enterprise: { key: 'enterprise', title: t('hazard.fact.enterprise'), width: 160, wraps: true, text: (row) => row.enterprise?.name },
  place: { key: 'place', title: t('hazard.fact.place'), width: 140, wraps: true, text: (row) => row.place },
  description: { key: 'description', title: t('hazard.fact.description'), width: 250, wraps: true, text: (row) => row.description, card: 'title' },
  severity: { key: 'severity', title: t('hazard.fact.severity'), width: 80, sortable: true, optional: true, card: 'tag' },
  stage: { key: 'stage', title: t('hazard.fact.stage'), width: 140, sortable: true, card: 'tag' },
  dueOn: { key: 'dueOn', title: t('hazard.fact.dueOn'), width: 185, sortable: true },
  originalDueOn: { key: 'originalDueOn', title: t('hazard.fact.originalDueOn'), width: 130, sortable: true, text: (row) => row.originalDueOn },
  station: {
    key: 'station',
    title: t('hazard.fact.station'),
    width: 150,
    wraps: true,
    sortable: true,
    text: (row) => row.enterprise?.stationName,
    card: 'hidden',
  },
  village: { key: 'division', title: t('hazard.fact.village'), width: 100, sortable: true, text: (row) => row.enterprise?.divisionName, card: 'hidden' },
  foundOn: { key: 'foundOn', title: t('hazard.fact.foundOn'), width: 115, sortable: true, text: (row) => row.foundOn, card: 'hidden' },
  trade: { key: 'trade', title: t('hazard.fact.trade'), width: 120, text: (row) => row.enterprise?.trade, optional: true, card: 'hidden' },
  factor: {
    key: 'factor',
    title: t('hazard.fact.factor'),
    width: 90,
    sortable: true,
    text: (row) => t(`hazard.factor.${row.factor}`),
    optional: true,
    card: 'hidden',
  },
  source: {
    key: 'source',
    title: t('hazard.fact.source'),
    width: 120,
    sortable: true,
    text: (row) => t(`hazard.source.${row.source}`),
    optional: true,
    card: 'hidden',
  },
  manageType: {
    key: 'manageType',
    title: t('hazard.fact.manageType'),
    width: 100,
    text: (row) => t(`hazard.manageType.${row.manageType}`),
    optional: true,
    card: 'hidden',
  },
  foundByUnit: { key: 'foundByUnit', title: t('hazard.fact.foundByUnit'), width: 150, text: (row) => row.foundByUnit, optional: true, card: 'hidden' },
  measures: { key: 'measures', title: t('hazard.fact.measures'), width: 240, wraps: true, text: (row) => row.measures ?? row.demand, card: 'hidden' },
  rectifier: {
    key: 'rectifierName',
    title: t('hazard.fact.rectifierName'),
    width: 100,
    card: 'hidden',
    text: (row) => row.rectifierName ?? row.responsiblePerson,
  },
  result: { key: 'result', title: t('hazard.fact.result'), width: 240, wraps: true, text: (row) => row.result, card: 'hidden' },
  cost: { key: 'costFen', title: t('hazard.fact.cost'), width: 110, align: 'right', sortable: true, text: (row) => yuanText(row.costFen), card: 'hidden' },
  returns: { key: 'returns', title: t('hazard.fact.returns'), width: 90, align: 'right', sortable: true, text: (row) => row.returns || '', card: 'hidden' },
  submittedAt: {
    key: 'submittedAt',
    title: t('hazard.fact.submittedAt'),
    width: 150,
    sortable: true,
    text: (row) => row.submittedAt && instantText(row.submittedAt),
    optional: true,
    card: 'hidden',
  },
  reviewers: { key: 'reviewerNames', title: t('hazard.fact.reviewerNames'), width: 120, text: (row) => row.reviewerNames, card: 'hidden' },
  closedAt: {
    key: 'closedAt',
    title: t('hazard.fact.closedAt'),
    width: 150,
    sortable: true,
    text: (row) => row.closedAt && instantText(row.closedAt),
    card: 'hidden',
  },
})

const pick = (t: Say, keys: readonly string[]): HazardColumn[] => {
  const columns = all(t)
  return keys.flatMap((key) => columns[key] ?? [])
}

export const hazardColumns = (t: Say) =>
  pick(t, [
    'number',
    'enterprise',
    'description',
    'stage',
    'dueOn',
    'place',
    'station',
    'village',
    'foundOn',
    'severity',
    'trade',
    'factor',
    'source',
    'manageType',
    'foundByUnit',
    'rectifier',
    'closedAt',
  ])

export const rectificationColumns = (t: Say) =>
  pick(t, [
    'number',
    'enterprise',
    'description',
    'stage',
    'dueOn',
    'measures',
    'rectifier',
    'originalDueOn',
    'result',
    'reviewers',
    'closedAt',
    'returns',
    'cost',
    'severity',
    'submittedAt',
    'place',
    'station',
    'village',
  ])
