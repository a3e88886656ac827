import type { Day, Instant } from '../shared/days.js'
import type { PlainRow } from '../shared/read/reader.js'
import type { Reading } from '../shared/read/reading.js'
import { sourceSql } from '../shared/read/source.js'
import { sql } from '../shared/read/sql.js'
import { Campaign } from './campaign.entity.js'
import { CampaignTask } from './campaignTask.entity.js'
import { Phase } from './phase.entity.js'
import type { Read } from './progress.js'
import type { CampaignStage, EvidenceKind, TaskRole, TaskSubject } from './terms.js'

/** A campaign as it was said at the reading's instant: plain rows of the read path. */
export interface Plan {
  id: string
  division: string
  year: number
  title: string
  stage: CampaignStage
  closedAt: Instant | null
}
export interface PhaseSaid {
  id: string
  position: number
  name: string
  startsOn: Day
  endsOn: Day
  deliverables: string | null
}
export interface TaskSaid {
  id: string
  phase: string
  position: number
  title: string
  demand: string | null
  subject: TaskSubject
  responsible: TaskRole
  evidence: EvidenceKind
  dueOn: Day
  trade: string | null
  station: string | null
  scaleClass: string | null
}

const planOf = (row: PlainRow): Plan => ({
  ...{ id: row['id'] as string, division: row['division'] as string, year: Number(row['year']), title: row['title'] as string },
  ...{ stage: row['stage'] as CampaignStage, closedAt: (row['closed_at'] as string | null) ?? null },
})
const phaseOf = (row: PlainRow): PhaseSaid => ({
  ...{ id: row['id'] as string, position: Number(row['position']), name: row['name'] as string },
  ...{ startsOn: row['starts_on'] as Day, endsOn: row['ends_on'] as Day, deliverables: (row['deliverables'] as string | null) ?? null },
})
const taskOf = (row: PlainRow): TaskSaid => ({
  ...{ id: row['id'] as string, phase: row['phase_id'] as string, position: Number(row['position']), title: row['title'] as string },
  ...{ demand: row['demand'] as string | null, subject: row['subject'] as TaskSubject, responsible: row['responsible'] as TaskRole },
  ...{ evidence: row['evidence'] as EvidenceKind, dueOn: row['due_on'] as Day },
  ...{ trade: row['trade'] as string | null, station: row['station'] as string | null, scaleClass: row['scale_class'] as string | null },
})

export async function readPlan(read: Read, reading: Reading, id: string): Promise<Plan | undefined> {
  const [row] = await read(sql`select t.* from ${sourceSql(Campaign, reading)} t where t.id = ${id}`)
  return row && planOf(row)
}

/** The one that a town is in the middle of: the latest that runs. */
export async function runningPlan(read: Read, reading: Reading, town: string): Promise<Plan | undefined> {
  const [row] = await read(
    sql`select t.* from ${sourceSql(Campaign, reading)} t where t.division = ${town} and t.stage = 'RUNNING' order by t.year desc, t.started_at desc limit 1`,
  )
  return row && planOf(row)
}

export async function readPhases(read: Read, reading: Reading, plan: string): Promise<PhaseSaid[]> {
  return (await read(sql`select t.* from ${sourceSql(Phase, reading)} t where t.plan_id = ${plan} order by t.position, t.ends_on, t.id`)).map(phaseOf)
}

/** Those in force; one that was dropped is asked of nobody. */
export async function readTasks(read: Read, reading: Reading, plan: string): Promise<TaskSaid[]> {
  const rows = await read(sql`select t.* from ${sourceSql(CampaignTask, reading)} t where t.campaign_id = ${plan} and t.dropped_on is null
    order by t.position, t.due_on, t.id`)
  return rows.map(taskOf)
}
