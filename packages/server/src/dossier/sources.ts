import { allThings, type Thing } from '../shared/datum.js'
import type { Entry } from '../shared/log.js'
import { columnNamed } from '../shared/read/column.js'

/** Where records come from that the system itself produces, and when one of them stops counting. */
export interface RecordSource {
  key: string
  label: string
  /** The thing whose rows are counted; a module that is not there yet counts nothing and asks for nothing. */
  thing: string
  /** The column with the day of a record. */
  day: string
  /** Which rows count, in columns of the table (alias t). */
  only?: string
  /** The column with the day it holds until, and what such a record is called. */
  expires?: string
  called?: string
  /** Whether a change of such a record can change what is counted; left out: any. */
  moves?: (diff: Entry['diff']) => boolean
}

/** Stages of a hazard that is not in the ledger. */
const OUTSIDE = ['DRAFT', 'VOID']
const inLedger = (stage: unknown) => stage != null && !OUTSIDE.includes(stage as string)
/** Most acts on a hazard move it along inside the ledger, where it counts as one as before. */
const hazardMoves: RecordSource['moves'] = ({ stage, foundOn, enterprise }) =>
  !!foundOn || !!enterprise || (!!stage && inLedger(stage[0]) !== inLedger(stage[1]))

const LIVE = 't.voided_on is null'
const trained = (kinds: string) => `${LIVE} and t.kind in (${kinds}) and t.trained > 0`

/** One line each: a new module's records join the dossier here. */
export const SOURCES: readonly RecordSource[] = [
  { key: 'training', label: '教育培训记录', thing: 'TrainingRecord', day: 'held_on', only: `${LIVE} and t.trained > 0` },
  { key: 'threeLevel', label: '三级安全教育', thing: 'TrainingRecord', day: 'held_on', only: trained(`'THREE_LEVEL'`) },
  { key: 'refresher', label: '年度再培训', thing: 'TrainingRecord', day: 'held_on', only: trained(`'REFRESHER', 'TOPIC'`) },
  { key: 'equipment', label: '设备台账', thing: 'Equipment', day: 'created_at', only: `${LIVE} and t.state <> 'SCRAPPED'` },
  {
    ...{ key: 'specialEquipment', label: '特种设备', thing: 'Equipment', day: 'created_at', only: `${LIVE} and t.special and t.state = 'IN_USE'` },
    ...{ expires: 'next_due_on', called: 'name' },
  },
  certificates('licence', '许可证照', 'LICENCE'),
  certificates('principalCertificate', '主要负责人合格证', 'PRINCIPAL'),
  certificates('officerCertificate', '安全管理人员合格证', 'OFFICER'),
  certificates('operationCertificate', '特种作业操作证', 'SPECIAL_OPERATION'),
  certificates('operatorCertificate', '特种设备作业人员证', 'EQUIPMENT_OPERATOR'),
  { key: 'drill', label: '应急演练', thing: 'Drill', day: 'held_on', only: LIVE },
  { key: 'accident', label: '事故', thing: 'Accident', day: 'happened_on', only: LIVE },
  { key: 'zeroReport', label: '零事故报告', thing: 'ZeroReport', day: 'ends_on', only: `${LIVE} and not t.contradicted` },
  {
    ...{ key: 'hazard', label: '隐患台账', thing: 'Hazard', day: 'found_on', moves: hazardMoves },
    only: `t.stage not in (${OUTSIDE.map((stage) => `'${stage}'`).join(', ')})`,
  },
  { key: 'riskPoint', label: '风险点', thing: 'RiskPoint', day: 'created_at', only: 't.ended_on is null and t.color is not null' },
  { key: 'checklist', label: '三张清单', thing: 'Checklist', day: 'created_at', only: 't.ended_on is null' },
  { key: 'check', label: '安全检查记录', thing: 'Check', day: 'done_on' },
  { key: 'audit5s', label: '5S 审核', thing: 'FiveSAudit', day: 'audited_on', only: LIVE },
  { key: 'assessment', label: '年度自评', thing: 'Assessment', day: 'finished_on', only: 't.finished_on is not null' },
]

function certificates(key: string, label: string, kind: string): RecordSource {
  return { key, label, thing: 'Certificate', day: 'issued_on', only: `${LIVE} and t.kind = '${kind}'`, expires: 'valid_until', called: 'title' }
}

/** A source whose module is there, with its table and the column of the enterprise. */
export interface LiveSource extends RecordSource {
  table: string
  enterprise: string
}

let live: Map<string, LiveSource> | undefined
export function liveSources(): Map<string, LiveSource> {
  if (live) return live
  const things = new Map<string, Thing>(allThings().map((thing) => [thing.name, thing]))
  live = new Map(
    SOURCES.flatMap((source) => {
      const thing = things.get(source.thing)
      if (!thing?.scope?.enterprise) return []
      return [[source.key, { ...source, table: thing.table, enterprise: columnNamed(thing.target, thing.scope.enterprise) }] as const]
    }),
  )
  return live
}

/** A requirement may ask for one of several sources: `accident|zeroReport`. */
export const sourcesOf = (said: string | null | undefined): LiveSource[] => (said ?? '').split('|').flatMap((key) => liveSources().get(key.trim()) ?? [])

/** Whether a change may change a dossier. */
export const feedsDossiers = ({ thing, diff }: Entry): boolean =>
  thing === 'Enterprise' || thing === 'DossierDocument' || SOURCES.some((one) => one.thing === thing && (one.moves?.(diff) ?? true))
