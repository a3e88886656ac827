import { graphql } from '../../gql/hazard'
import type { HazardAct } from '../../gql/hazard/graphql'
import { act, orNull, textOf, type ActSpec, type Given } from './field'
import { afterDays, reason, seen, type Subject } from './subject'

/** What is done beside the way to closure. */
export const BESIDE_ACTS = ['ASSIGN', 'ASK_EXTENSION', 'URGE', 'REGRADE', 'LIST', 'TRANSFER', 'VOID'] as const satisfies HazardAct[]

const toMajor = (given: Given) => given.severity === 'MAJOR'

export const BESIDE: Record<(typeof BESIDE_ACTS)[number], ActSpec<Subject>> = {
  ASSIGN: act(
    graphql(`
      mutation HazardAssign($id: ID!, $version: Int!, $person: String!, $dept: String) {
        hazardAssign(id: $id, version: $version, responsiblePerson: $person, responsibleDept: $dept) {
          id
          version
          acts
          responsiblePerson
          responsibleDept
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), person: textOf(given, 'responsiblePerson'), dept: orNull(given, 'responsibleDept') }),
    {
      fields: (hazard) => [
        { key: 'responsiblePerson', kind: 'line', needed: true, most: 40, start: hazard.responsiblePerson ?? '' },
        { key: 'responsibleDept', kind: 'line', most: 60, start: hazard.responsibleDept ?? '' },
      ],
    },
  ),
  ASK_EXTENSION: act(
    graphql(`
      mutation ExtensionAsk($id: ID!, $version: Int!, $toDueOn: Day!, $reason: String!) {
        extensionAsk(hazard: $id, version: $version, toDueOn: $toDueOn, reason: $reason) {
          id
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), toDueOn: textOf(given, 'toDueOn'), reason: textOf(given, 'reason') }),
    {
      fields: (hazard) => [
        { key: 'toDueOn', kind: 'day', needed: true, start: afterDays(undefined, hazard.dueOn ?? undefined) },
        { ...reason, label: 'hazard.act.extensionReason' },
      ],
    },
  ),
  URGE: act(
    graphql(`
      mutation HazardUrge($id: ID!, $text: String) {
        hazardUrge(id: $id, text: $text) {
          id
          version
        }
      }
    `),
    (hazard: Subject, given) => ({ id: hazard.id, text: orNull(given, 'text') }),
    { fields: () => [{ key: 'text', kind: 'text', label: 'hazard.act.urgeText', most: 200, hint: 'hazard.act.urgeHint' }] },
  ),
  REGRADE: act(
    graphql(`
      mutation HazardRegrade($id: ID!, $version: Int!, $severity: HazardSeverity!, $reason: String!, $criterion: ID, $interim: String) {
        hazardRegrade(id: $id, version: $version, severity: $severity, reason: $reason, criterion: $criterion, interimMeasure: $interim) {
          id
          version
          stage
          severity
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({
      ...seen(hazard),
      severity: given.severity === 'MAJOR' ? ('MAJOR' as const) : ('GENERAL' as const),
      reason: textOf(given, 'reason'),
      criterion: toMajor(given) ? orNull(given, 'criterion') : null,
      interim: toMajor(given) ? orNull(given, 'interimMeasure') : null,
    }),
    {
      fields: (hazard) => [
        { key: 'severity', kind: 'severity', needed: true, start: hazard.severity === 'MAJOR' ? 'GENERAL' : 'MAJOR' },
        { key: 'criterion', kind: 'criterion', needed: true, when: toMajor, start: hazard.criterion?.id },
        { key: 'interimMeasure', kind: 'text', needed: true, when: toMajor, start: hazard.interimMeasure ?? '' },
        reason,
      ],
    },
  ),
  LIST: act(
    graphql(`
      mutation HazardListed($id: ID!, $version: Int!) {
        hazardList(id: $id, version: $version) {
          id
          version
          stage
          listed
          listingNumber
          acts
        }
      }
    `),
    seen,
  ),
  TRANSFER: act(
    graphql(`
      mutation HazardTransfer($id: ID!, $version: Int!, $to: String!, $receipt: String!, $reason: String) {
        hazardTransfer(id: $id, version: $version, to: $to, receipt: $receipt, reason: $reason) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({
      ...seen(hazard),
      to: textOf(given, 'transferredTo'),
      receipt: textOf(given, 'transferReceipt'),
      reason: orNull(given, 'reason'),
    }),
    {
      danger: true,
      fields: () => [
        { key: 'transferredTo', kind: 'line', needed: true, most: 120 },
        { key: 'transferReceipt', kind: 'line', needed: true, most: 120 },
        { ...reason, needed: false },
      ],
    },
  ),
  VOID: act(
    graphql(`
      mutation HazardVoid($id: ID!, $version: Int!, $reason: String!) {
        hazardVoid(id: $id, version: $version, reason: $reason) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), reason: textOf(given, 'reason') }),
    { danger: true, fields: () => [reason] },
  ),
}
