import { ref } from '@mikro-orm/core'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { Campaign } from '../campaign/campaign.entity.js'
import { CampaignTask } from '../campaign/campaignTask.entity.js'
import { CampaignExemption } from '../campaign/exemption.entity.js'
import { Nomination, Showcase } from '../campaign/nomination.entity.js'
import { Phase } from '../campaign/phase.entity.js'
import { ExemptionStage, NominationKind, NominationStage, TaskRole, TaskSubject } from '../campaign/terms.js'
import { Post } from '../enterprise/workshop.entity.js'
import { Letter } from '../letter/letter.entity.js'
import { LetterKind, SERVED } from '../letter/terms.js'
import type { Actor } from '../shared/context.js'
import { addDays, type Day, dayOf } from '../shared/days.js'
import type { Chapter, Told } from './chapters.js'
import { EXEMPT_REASONS, EXPERIENCE, PLAN, TASKS } from './campaignPlan.js'
import { plain } from './plain.js'
import type { Firm } from './settle.js'
import { TownTeller } from './townTeller.js'

const HOUR = 3_600_000

/** 专项行动 of the year: its plan with the tasks of the four phases, some exemptions, and what the stations nominated. */
export const CAMPAIGN: Chapter = {
  things: [CampaignTask, CampaignExemption, Nomination, Showcase],
  tell: (told) => new Teller(told).tell(),
}

class Teller extends TownTeller {
  constructor(told: Told) {
    super(told, 'anbiao campaign')
  }

  tell(): void {
    const today = dayOf(this.told.now)
    // In the first days of a year last year's campaign is still the one that runs.
    const year = Number(today.slice(0, 4)) - (today.slice(5) < '01-12' ? 1 : 0)
    const at = this.at(addDays([`${year}-01-06`, dayOf(this.told.began)].sort().at(-1)!, 2))
    if (!at) return
    const campaign = this.#campaign(year, at)
    const tasks = this.#tasks(campaign, year, at)
    this.#start(campaign, at)
    this.#exemptions(tasks, year)
    this.#nominations(campaign, year)
  }

  #campaign(year: number, at: Date): Campaign {
    const { town } = this.firms[0]!
    const campaign = this.made(plain(Campaign), at, {
      ...{ year, title: `${year}年安全生产标准化提升专项行动`, issuer: `${town.name}镇人民政府`, officeLabel: '镇安办', division: town.code, stage: 'DRAFT' },
      ...{ number: `${PLAN.number}〔${year}〕3号`, issuedOn: `${year}-03-12`, basis: PLAN.basis, goal: PLAN.goal },
    } as Partial<Campaign>)
    this.told.world.chronicle.add(campaign, { act: 'campaignCreate', by: this.office, at })
    return campaign
  }

  /** The phases that the year's figures are grouped by are this campaign's own. */
  #phases(campaign: Campaign, year: number, at: Date): Phase[] {
    const { chronicle } = this.told.world
    const phases = chronicle.all(Phase).filter(({ startsOn }) => startsOn.startsWith(String(year)))
    for (const phase of phases)
      chronicle.change(phase, { act: 'phaseSet', by: this.office, at }, () => {
        phase.plan = ref(campaign)
        phase.campaign = campaign.title
        phase.deliverables = PLAN.deliverables[phase.position - 1]!
      })
    return phases
  }

  #tasks(campaign: Campaign, year: number, at: Date): CampaignTask[] {
    const phases = this.#phases(campaign, year, at)
    return TASKS.map(({ phase: position, title, demand, evidence, subject = TaskSubject.ENTERPRISE, responsible = TaskRole.STATION, scaleClass }, i) => {
      const phase = phases.find((one) => one.position === position)!
      const task = this.made(plain(CampaignTask), at, {
        ...{ campaign: ref(campaign), phase: ref(phase), position: i + 1, title, demand, evidence, subject, responsible, dueOn: phase.endsOn },
        ...(scaleClass ? { scaleClass } : {}),
      })
      this.told.world.chronicle.add(task, { act: 'campaignTaskAdd', by: this.office, at })
      return task
    })
  }

  #start(campaign: Campaign, at: Date): void {
    const later = new Date(at.getTime() + HOUR)
    this.told.world.chronicle.change(campaign, { act: 'campaignStart', by: this.office, at: later }, () =>
      campaign.start(later, { phases: 4, tasks: TASKS.length }),
    )
  }

  /** Of those that were never served their notice: most exempted, one asked for and waiting, one taken back. */
  #exemptions([notice, commitment]: CampaignTask[], year: number): void {
    const { chronicle } = this.told.world
    const served = (kind: LetterKind) =>
      new Set(chronicle.all(Letter).flatMap((one) => (one.kind === kind && one.year === year && SERVED.includes(one.stage) ? [one.enterprise.id] : [])))
    for (const [task, kind, from] of [
      [notice!, LetterKind.NOTICE, 0],
      [commitment!, LetterKind.COMMITMENT, 4],
    ] as const) {
      const done = served(kind)
      const open = this.firms.filter(({ enterprise }) => !enterprise.closedOn && enterprise.station && !done.has(enterprise.id)).slice(from, from + 6)
      open.forEach((firm, i) => this.#exempt(task, firm, i))
    }
  }

  #exempt(task: CampaignTask, firm: Firm, i: number): void {
    const { chronicle } = this.told.world
    const station = this.stationOf(firm)
    const asked = this.at(addDays(dayOf(this.told.now), -40 + i * 3))
    if (!station || !asked) return
    const { id, division, station: code } = firm.enterprise
    const exemption = this.made(plain(CampaignExemption), asked, {
      ...{ task: ref(task), subject: TaskSubject.ENTERPRISE, enterprise: ref(firm.enterprise), unit: id, division, station: code!, slot: `${task.id}:${id}` },
      ...{ stage: ExemptionStage.ASKED },
    })
    const reason = EXEMPT_REASONS[i % EXEMPT_REASONS.length]!
    exemption.ask(station, asked, reason)
    chronicle.add(exemption, { act: 'campaignExempt', by: station, at: asked, reason })
    if (i === 5) return
    const at = new Date(asked.getTime() + 20 * HOUR)
    chronicle.change(exemption, { act: 'campaignExemptionDecide', by: this.office, at }, () =>
      exemption.decide(this.office, at, i !== 3, i === 3 ? '已恢复生产，应当办理' : ''),
    )
    if (i !== 4) return
    const back = new Date(at.getTime() + 5 * 24 * HOUR)
    chronicle.change(exemption, { act: 'campaignExemptionWithdraw', by: this.office, at: back, reason: '核实已复工' }, () =>
      exemption.withdraw(this.office, back, '核实已复工'),
    )
  }

  /** Each busy station nominates an enterprise, some a post as well; the last ones wait or came back. */
  #nominations(campaign: Campaign, year: number): void {
    const posts = this.told.world.chronicle.all(Post)
    const stations = [...new Set(this.firms.flatMap(({ enterprise }) => (enterprise.station ? [enterprise.station] : [])))].sort()
    stations.forEach((code, i) => {
      const firms = this.firms.filter(({ enterprise }) => enterprise.station === code && !enterprise.closedOn)
      const firm = firms[0]!
      this.#nominate(campaign, firm, NominationKind.BENCHMARK, `${year}-03-${10 + i}`, i)
      const withPost = firms.find(({ enterprise }) => posts.some((post) => post.enterprise.id === enterprise.id && !post.endedOn))
      const post = withPost && posts.find((one) => one.enterprise.id === withPost.enterprise.id && !one.endedOn)
      if (post && i !== 2) this.#nominate(campaign, withPost, NominationKind.POST, `${year}-03-${12 + i}`, i, post)
    })
  }

  #nominate(campaign: Campaign, firm: Firm, kind: NominationKind, day: Day, i: number, post?: Post): void {
    const { chronicle, names } = this.told.world
    const [by, at] = [this.stationOf(firm), this.at([day, addDays(dayOf(this.told.began), 20)].sort().at(-1)!)]
    if (!by || !at) return
    const { enterprise } = firm
    const nomination = this.made(plain(Nomination), at, {
      ...{
        campaign: ref(campaign),
        kind,
        stage: NominationStage.DRAFT,
        enterprise: ref(enterprise),
        division: enterprise.division,
        station: enterprise.station!,
      },
      ...{ nominatedBy: by.id, photos: 2, ...(post ? { post: ref(post), unit: post.unit } : {}) },
    })
    nomination.describe(
      post ? `${post.name}：一岗一卡、人人过关` : ['班前五分钟，隐患随手拍', '一张图管住车间现场', '从一台设备做起的岗位达标'][i % 3]!,
      EXPERIENCE[(i + (post ? 1 : 0)) % 3]!,
    )
    chronicle.add(nomination, { act: 'nominationCreate', by, at })
    const photos = [0, 1].map(() => this.#photo('Nomination', nomination.id, firm, by, at, 'nominationCreate'))
    const sent = new Date(at.getTime() + HOUR)
    chronicle.change(nomination, { act: 'nominationSubmit', by, at: sent }, () => nomination.submit(sent))
    const decided = new Date(sent.getTime() + 3 * 24 * HOUR)
    if (i % 5 === 4 || decided >= this.told.now) return
    const accepted = !post || i % 5 !== 3
    const past = { act: 'nominationDecide', by: this.office, at: decided }
    chronicle.change(nomination, past, () => nomination.decide(this.office, decided, accepted, accepted ? '' : '效果写得不具体，请补充前后对比'))
    if (!accepted) return
    const showcase = Object.assign(
      Showcase.of(nomination, decided, { enterpriseName: enterprise.name, villageName: names.get(enterprise.division)!, division: firm.town.code }),
      {
        ...{ id: this.random.id(decided.getTime()), nomination: ref(nomination), stationName: names.get(enterprise.station!)! },
        ...(enterprise.trade ? { trade: enterprise.trade } : {}),
        ...(post ? { postName: `${post.workshop} ${post.name}` } : {}),
      },
    )
    chronicle.add(showcase, past)
    for (const photo of photos) this.#copied(photo, showcase.id, decided)
  }

  #photo(ofThing: string, ofRecord: string, { enterprise }: Firm, by: Actor, at: Date, act: string): Attachment {
    const { chronicle, pictures } = this.told.world
    const sent = new Date(at.getTime() - 60_000)
    const photo = this.made(plain(Attachment), sent, {
      ...pictures.pick(this.random, undefined, AttachmentPurpose.AFTER),
      ...{ uploadedBy: by.id, division: by.scope.division, ...(by.scope.station ? { station: by.scope.station } : {}) },
    })
    chronicle.add(photo, { act: 'fileUpload', by, at: sent })
    chronicle.change(photo, { act, by, at }, () =>
      Object.assign(photo, {
        ...{ ofThing, ofRecord, purpose: AttachmentPurpose.EVIDENCE, division: enterprise.division, enterpriseId: enterprise.id },
        ...(enterprise.station ? { station: enterprise.station } : {}),
      }),
    )
    return photo
  }

  #copied(photo: Attachment, showcase: string, at: Date): void {
    const { id: _id, version: _version, createdAt: _at, ...facts } = photo
    const copy = this.made(plain(Attachment), at, { ...facts, ofThing: 'Showcase', ofRecord: showcase })
    this.told.world.chronicle.add(copy, { act: 'nominationDecide', by: this.office, at })
  }
}
