import type { RecordKind } from './kinds'

/** Any record of the dossier, as the lists give it. */
export type AnyRecord = Record<string, unknown> & { id: string; version: number }
type Say = (key: string, values?: Record<string, unknown>) => string

const joined = (...parts: unknown[]) => parts.filter((part) => part !== null && part !== undefined && part !== '').join(' · ')

/** How a record stands in a list: what it is, and the rest in one line. */
export function linesOf(kind: RecordKind, row: AnyRecord, t: Say): { title: string; detail: string } {
  const said = (words: string, value: unknown) => (value ? t(`record.${words}.${String(value)}`) : '')
  switch (kind) {
    case 'training':
      return {
        title: String(row.topic),
        detail: joined(
          row.heldOn,
          said('trainingKind', row.kind),
          t('dossier.people', { done: row.trained, of: row.required }),
          t('dossier.hours', { n: row.hours }),
        ),
      }
    case 'equipment':
      return {
        title: String(row.name),
        detail: joined(
          said('equipmentKind', row.kind),
          row.special ? t('record.field.special') : '',
          row.registrationCode,
          row.place,
          said('equipmentState', row.state),
        ),
      }
    case 'certificate':
      return { title: String(row.title), detail: joined(said('certificateKind', row.kind), row.holderRole, row.numberMasked, row.issuer) }
    case 'drill':
      return {
        title: String(row.scenario),
        detail: joined(row.heldOn, said('drillKind', row.kind), t('dossier.people', { done: row.joined, of: row.required }), row.findings),
      }
    case 'accident':
      return {
        title: joined(row.happenedOn, row.accidentType),
        detail: joined(
          said('accidentGrade', row.grade),
          t('dossier.hurt', { deaths: row.deaths, serious: row.seriousInjuries, minor: row.minorInjuries }),
          row.summary,
        ),
      }
  }
}

/** The day until which it holds, where it has one. */
export const dueOf = (kind: RecordKind, row: AnyRecord): string | undefined => {
  const day = kind === 'equipment' ? row.nextDueOn : kind === 'certificate' ? row.validUntil : undefined
  return typeof day === 'string' ? day : undefined
}
