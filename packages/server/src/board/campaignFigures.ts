import { Campaign } from '../campaign/campaign.entity.js'
import { CampaignTask } from '../campaign/campaignTask.entity.js'
import { allEvidence, evidenceOf } from '../campaign/evidence.js'
import { CampaignExemption } from '../campaign/exemption.entity.js'
import { Phase } from '../campaign/phase.entity.js'
import { type PhaseSaid, type Plan, readPhases, readTasks, runningPlan, type TaskSaid } from '../campaign/plan.js'
import { figuresOfPhase, figuresOfTasks, type Read, type TaskFigures } from '../campaign/progress.js'
import { CODE_LENGTH, townOf } from '../division/division.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { type ThingClass, thingOf } from '../shared/datum.js'
import type { Day } from '../shared/days.js'
import { factsOf } from '../shared/read/facts.js'
import type { Reader } from '../shared/read/reader.js'
import type { Reading } from '../shared/read/reading.js'
import type { Scope } from '../shared/scope.js'
import type { BoardCampaign } from './snapshot.js'

const nameOf = (thing: ThingClass) => thingOf(thing).name
/** Whose changes make another plan, another denominator. */
const OF_ALL: readonly ThingClass[] = [Campaign, Phase, CampaignTask, CampaignExemption, Enterprise]

/** The things whose changes a campaign's figures may follow. */
export const campaignThings = (): string[] => [...new Set([...OF_ALL, ...allEvidence().flatMap(({ things }) => things)].map(nameOf))]

/**
 * 行动进度 of one scope: the running campaign's tasks, each counted anew only when a thing that its evidence counts has
 * changed, however many boards look. A county's board shows none: each town has a plan of its own.
 */
export class CampaignFigures {
  #plan: Plan | undefined
  #phases: PhaseSaid[] = []
  #tasks: TaskSaid[] = []
  readonly #figures = new Map<string, TaskFigures>()
  #shown: BoardCampaign | null = null

  constructor(
    private readonly reader: Reader,
    private readonly scope: Scope,
    /** Of a past instant: the campaign as it stood then. */
    private readonly past?: Reading,
  ) {}

  get shown(): BoardCampaign | null {
    return this.#shown
  }

  /** Counts what these things may have changed (undefined: everything); true when the panel now says something else. */
  async keep(changed: ReadonlySet<string> | undefined, today: Day): Promise<boolean> {
    if (this.scope.division.length < CODE_LENGTH.TOWN) return false
    if (changed && !changed.size) return false
    const all = !changed || OF_ALL.some((thing) => changed.has(nameOf(thing)))
    if (all) await this.plan(today)
    return this.count(today, all ? undefined : changed)
  }

  /** What is asked of whom; little, and before everything else. */
  async plan(today: Day): Promise<void> {
    const { read, reading } = await this.#at(today)
    this.#plan = this.scope.division.length < CODE_LENGTH.TOWN ? undefined : await runningPlan(read, reading, townOf(this.scope.division))
    const id = this.#plan?.id
    ;[this.#phases, this.#tasks] = id ? await Promise.all([readPhases(read, reading, id), readTasks(read, reading, id)]) : [[], []]
    this.#figures.clear()
  }

  /** `known`: of a past instant what has changed of hazards since, for the tasks that ask for it. */
  async count(today: Day, changed?: ReadonlySet<string>, known?: Promise<Reading>): Promise<boolean> {
    const before = JSON.stringify(this.#shown)
    const { read, reading } = await this.#at(today)
    const again = this.#tasks.filter(({ evidence }) => !changed || evidenceOf(evidence)?.things.some((thing) => changed.has(nameOf(thing))))
    if (again.length) for (const [id, figures] of await figuresOfTasks(read, again, this.#plan!, reading, known)) this.#figures.set(id, figures)
    this.#shown = this.#plan ? this.#panel(this.#plan, today) : null
    return JSON.stringify(this.#shown) !== before
  }

  async #at(today: Day): Promise<{ read: Read; reading: Reading }> {
    // Of a past instant the reader reads beside the server's thread, however little.
    const rows = this.past ? 0 : ((await factsOf(this.reader)).get('enterprise')?.rows ?? 0)
    const reading = this.past ?? { engine: this.reader.engine, scope: this.scope, today }
    return { read: (statement) => this.reader.run(statement, rows), reading }
  }

  #panel({ title, year }: Plan, today: Day): BoardCampaign {
    const current = this.#phases.find(({ endsOn }) => endsOn >= today)
    return {
      title,
      year,
      phases: this.#phases.map((phase) => {
        const tasks = this.#tasks.filter((task) => task.phase === phase.id)
        const { tasks: taskCount, ...figures } = figuresOfPhase(
          phase,
          tasks.map(({ id }) => this.#figures.get(id)!),
          today,
        )
        const { position, name, startsOn, endsOn } = phase
        return {
          ...{ position, name, startsOn, endsOn, taskCount, current: phase === current },
          ...figures,
          tasks: tasks.map(({ id, title: said, dueOn, evidence }) => ({ title: said, dueOn, evidence, ...this.#figures.get(id)! })),
        }
      }),
    }
  }
}
