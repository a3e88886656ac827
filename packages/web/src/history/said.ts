import { useI18n } from 'vue-i18n'
import { instantText } from '../shared/days'
import { fieldLabel } from '../shared/fieldLabel'
import type { HistoryEntry } from '../shared/HistoryTimeline.vue'
import { inYuan, isMoney, withoutUnit } from './loggedMoney'

interface Change {
  thing?: string
  seq: string
  at: string
  act: string
  actorName: string
  reason: string | null
  entries: readonly { field: string; label: string; kind: string; before: string | null; after: string | null }[]
}

/** Choices are kept in the log by their codes; these are the words for them, by the kind of record where one name says several things. */
const OWN: Record<string, Record<string, string>> = {
  Campaign: { stage: 'campaign.stages' },
  CampaignTask: { evidence: 'campaign.facts', responsible: 'campaign.roles', subject: 'campaign.subjects', scaleClass: 'campaign.scales' },
  CampaignExemption: { stage: 'campaign.exemptionStages', subject: 'campaign.subjects' },
  Nomination: { stage: 'campaign.nominationStages', kind: 'campaign.kinds' },
  Showcase: { kind: 'campaign.kinds' },
  Assessment: { stage: 'assessment.stage', level: 'assessment.level' },
  PublicReport: { stage: 'public.stage' },
  Letter: { stage: 'letter.stages', kind: 'letter.kinds' },
  LetterCopy: { holder: 'letter.holder' },
  Summary: { state: 'report.state' },
  DoubtSample: { verdict: 'doubt.verdicts', cause: 'doubt.causes' },
  Hook: { style: 'remind.styles', audience: 'shared.role' },
}
const WORDS: Record<string, string> = {
  role: 'shared.role',
  level: 'division.level',
  stage: 'shared.stage',
  severity: 'shared.severity',
  factor: 'hazard.factor',
  source: 'hazard.source',
  category: 'hazard.category',
  manageType: 'hazard.manageType',
  escalation: 'hazard.escalation',
  decision: 'hazard.decision',
  foundByRole: 'shared.role',
  scaleClass: 'enterprise.scaleClass',
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** The bare id of another record, which has no name to it, tells nobody anything. */
const tells = ({ before, after }: Change['entries'][number]) => ![before, after].every((value) => value === null || ID.test(value))

/** A row of the log in the words of the screen. */
export function useSaid() {
  const { t, te } = useI18n()
  const value = (thing: string | undefined, field: string, kind: string, code: string | null) => {
    if (code === null) return null
    if (isMoney(field)) return inYuan(code)
    if (kind === 'flag') return t(code === 'true' || code === '1' ? 'shared.yes' : 'shared.no')
    if (kind === 'instant') return instantText(code)
    const words = OWN[thing ?? '']?.[field] ?? WORDS[field]
    return words && te(`${words}.${code}`, 'zh') ? t(`${words}.${code}`) : code
  }
  return {
    act: (act: string) => (te(`history.act.${act}`, 'zh') ? t(`history.act.${act}`) : act),
    changes: (entries: Change['entries'], thing?: string) =>
      entries.filter(tells).map(({ field, label, kind, before, after }) => ({
        label: isMoney(field) ? fieldLabel(...withoutUnit(field, label)) : fieldLabel(field, label),
        before: value(thing, field, kind, before),
        after: value(thing, field, kind, after),
      })),
    entry(change: Change): HistoryEntry {
      return {
        id: change.seq,
        at: change.at,
        actor: change.actorName,
        act: this.act(change.act),
        reason: change.reason,
        changes: this.changes(change.entries, change.thing),
      }
    },
  }
}
