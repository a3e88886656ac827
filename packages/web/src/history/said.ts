import { useI18n } from 'vue-i18n'
import { instantText } from '../shared/days'
import { fieldLabel } from '../shared/fieldLabel'
import type { HistoryEntry } from '../shared/HistoryTimeline.vue'
import { inYuan, isMoney, withoutUnit } from './loggedMoney'

interface Change {
  seq: string
  at: string
  act: string
  actorName: string
  reason: string | null
  entries: readonly { field: string; label: string; kind: string; before: string | null; after: string | null }[]
}

/** Choices are kept in the log by their codes; these are the words for them. */
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

/** A row of the log in the words of the screen. */
export function useSaid() {
  const { t, te } = useI18n()
  const value = (field: string, kind: string, code: string | null) => {
    if (code === null) return null
    if (isMoney(field)) return inYuan(code)
    if (kind === 'flag') return t(code === 'true' || code === '1' ? 'shared.yes' : 'shared.no')
    if (kind === 'instant') return instantText(code)
    const key = `${WORDS[field]}.${code}`
    return field in WORDS && te(key, 'zh') ? t(key) : code
  }
  return {
    act: (act: string) => (te(`history.act.${act}`, 'zh') ? t(`history.act.${act}`) : act),
    changes: (entries: Change['entries']) =>
      entries.map(({ field, label, kind, before, after }) => ({
        label: isMoney(field) ? fieldLabel(...withoutUnit(field, label)) : fieldLabel(field, label),
        before: value(field, kind, before),
        after: value(field, kind, after),
      })),
    entry(change: Change): HistoryEntry {
      return { id: change.seq, at: change.at, actor: change.actorName, act: this.act(change.act), reason: change.reason, changes: this.changes(change.entries) }
    },
  }
}
