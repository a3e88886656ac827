import { graphql } from '../../gql/hazard'
import type { HazardAct } from '../../gql/hazard/graphql'
import { viewer } from '../../shared/session'
import { fenOf, yuanOf } from '../money'
import { act, orNull, photosOf, textOf, type ActField, type ActSpec } from './field'
import { dueOn, reason, seen, type Subject } from './subject'

/** The acts on the straight way from a report to closure, in its order. */
export const CLOSING_ACTS = ['REGISTER', 'NOTIFY', 'FIX_ON_SPOT', 'ACCEPT', 'SUBMIT', 'PLAN', 'APPROVE_PLAN', 'CLOSE', 'RETURN'] as const satisfies HazardAct[]

const cost: ActField = { key: 'costFen', kind: 'yuan', label: 'hazard.fact.cost' }
const evidence: readonly ActField[] = [
  { key: 'photos', kind: 'photos', label: 'shared.after', needed: true, hint: 'hazard.act.photosHint' },
  { key: 'result', kind: 'text', needed: true, most: 1000, hint: 'hazard.act.resultHint' },
]

export const CLOSING: Record<(typeof CLOSING_ACTS)[number], ActSpec<Subject>> = {
  REGISTER: act(
    graphql(`
      mutation HazardRegister($id: ID!, $version: Int!, $criterion: ID) {
        hazardRegister(id: $id, version: $version, criterion: $criterion) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), criterion: orNull(given, 'criterion') }),
    { fields: (hazard) => (hazard.severity === 'MAJOR' ? [{ key: 'criterion', kind: 'criterion', needed: true, start: hazard.criterion?.id }] : []) },
  ),
  NOTIFY: act(
    graphql(`
      mutation HazardNotify($id: ID!, $version: Int!, $dueOn: Day!, $demand: String) {
        hazardNotify(id: $id, version: $version, dueOn: $dueOn, demand: $demand) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), dueOn: textOf(given, 'dueOn'), demand: orNull(given, 'demand') }),
    { fields: (hazard) => [dueOn(), { key: 'demand', kind: 'text', most: 1000, start: hazard.demand ?? '' }] },
  ),
  FIX_ON_SPOT: act(
    graphql(`
      mutation HazardFixOnSpot($id: ID!, $version: Int!, $result: String!, $photos: [ID!]!, $fixerName: String, $costFen: Int) {
        hazardFixOnSpot(id: $id, version: $version, result: $result, photos: $photos, fixerName: $fixerName, costFen: $costFen) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({
      ...seen(hazard),
      result: textOf(given, 'result'),
      photos: photosOf(given),
      fixerName: orNull(given, 'fixerName'),
      costFen: fenOf(textOf(given, 'costFen')),
    }),
    { fields: () => [...evidence, { key: 'fixerName', kind: 'line', most: 60 }, cost] },
  ),
  PLAN: act(
    graphql(`
      mutation HazardPlan($id: ID!, $version: Int!, $fixings: FiveFixingsInput!) {
        hazardPlan(id: $id, version: $version, fixings: $fixings) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({
      ...seen(hazard),
      fixings: {
        ...Object.fromEntries(
          ['responsiblePerson', 'responsibleDept', 'measures', 'fundSource', 'milestones', 'emergencyPlan'].map((key) => [key, orNull(given, key)]),
        ),
        fundFen: fenOf(textOf(given, 'fundFen')),
      },
    }),
    {
      fields: (hazard) => [
        { key: 'responsiblePerson', kind: 'line', needed: true, most: 40, start: hazard.responsiblePerson ?? '' },
        { key: 'responsibleDept', kind: 'line', needed: true, most: 60, start: hazard.responsibleDept ?? '' },
        { key: 'measures', kind: 'text', needed: true, start: hazard.measures ?? '' },
        { key: 'fundFen', kind: 'yuan', label: 'hazard.fact.fund', needed: true, hint: 'hazard.act.fundHint', start: yuanOf(hazard.fundFen) },
        { key: 'fundSource', kind: 'line', most: 60, start: hazard.fundSource ?? '' },
        { key: 'milestones', kind: 'text', needed: true, start: hazard.milestones ?? '' },
        { key: 'emergencyPlan', kind: 'text', needed: true, start: hazard.emergencyPlan ?? '' },
      ],
    },
  ),
  APPROVE_PLAN: act(
    graphql(`
      mutation HazardApprovePlan($id: ID!, $version: Int!) {
        hazardApprovePlan(id: $id, version: $version) {
          id
          version
          stage
          acts
        }
      }
    `),
    seen,
  ),
  ACCEPT: act(
    graphql(`
      mutation HazardAccept($id: ID!, $version: Int!, $rectifierName: String) {
        hazardAccept(id: $id, version: $version, rectifierName: $rectifierName) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), rectifierName: orNull(given, 'rectifierName') }),
    { fields: (hazard) => [{ key: 'rectifierName', kind: 'line', most: 60, start: hazard.responsiblePerson || viewer.value?.name }] },
  ),
  SUBMIT: act(
    graphql(`
      mutation HazardSubmit($id: ID!, $version: Int!, $result: String!, $photos: [ID!]!, $costFen: Int) {
        hazardSubmit(id: $id, version: $version, result: $result, photos: $photos, costFen: $costFen) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), result: textOf(given, 'result'), photos: photosOf(given), costFen: fenOf(textOf(given, 'costFen')) }),
    { fields: () => [...evidence, cost] },
  ),
  CLOSE: act(
    graphql(`
      mutation HazardClose($id: ID!, $version: Int!, $opinion: String) {
        hazardClose(id: $id, version: $version, opinion: $opinion) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), opinion: orNull(given, 'opinion') }),
    { fields: () => [{ key: 'opinion', kind: 'text', most: 500, hint: 'hazard.act.opinionHint' }] },
  ),
  RETURN: act(
    graphql(`
      mutation HazardReturn($id: ID!, $version: Int!, $reason: String!, $dueOn: Day!) {
        hazardReturn(id: $id, version: $version, reason: $reason, dueOn: $dueOn) {
          id
          version
          stage
          acts
        }
      }
    `),
    (hazard: Subject, given) => ({ ...seen(hazard), reason: textOf(given, 'reason'), dueOn: textOf(given, 'dueOn') }),
    {
      danger: true,
      fields: () => [
        { ...reason, label: 'hazard.act.returnReason' },
        { ...dueOn(), label: 'hazard.act.newDueOn' },
      ],
    },
  ),
}
