import { graphql } from '../../gql/hazard'
import type { HazardAct, HazardsNotifyMutation, HazardWhere } from '../../gql/hazard/graphql'
import { addDays, today } from '../../shared/days'
import type { HazardQueue } from '../useHazards'
import { act, orNull, textOf, type ActSpec } from './field'

/** The rows that were ticked, or everything that the search finds. */
export interface Selection {
  ids?: string[]
  where?: HazardWhere
  queue?: HazardQueue | null
}
export type BulkAct = Extract<HazardAct, 'REGISTER' | 'NOTIFY' | 'URGE' | 'ASSIGN' | 'CLOSE'>
export type BulkOutcome = HazardsNotifyMutation['outcome']

export interface BulkWork {
  act: BulkAct
  selection: Selection
  count: number
}

const USUAL_DAYS = 7

export const BULK: Record<BulkAct, ActSpec<Selection>> = {
  REGISTER: act(
    graphql(`
      mutation HazardsRegister($selection: HazardSelection!) {
        outcome: hazardsRegister(selection: $selection) {
          done
          refused {
            id
            number
            code
            message
          }
        }
      }
    `),
    (selection: Selection) => ({ selection }),
  ),
  NOTIFY: act(
    graphql(`
      mutation HazardsNotify($selection: HazardSelection!, $dueOn: Day, $demand: String) {
        outcome: hazardsNotify(selection: $selection, dueOn: $dueOn, demand: $demand) {
          done
          refused {
            id
            number
            code
            message
          }
        }
      }
    `),
    (selection: Selection, given) => ({ selection, dueOn: orNull(given, 'dueOn'), demand: orNull(given, 'demand') }),
    {
      fields: () => [
        { key: 'dueOn', kind: 'day', needed: true, start: addDays(today(), USUAL_DAYS) },
        { key: 'demand', kind: 'text', most: 1000, hint: 'hazard.bulk.demandHint' },
      ],
    },
  ),
  URGE: act(
    graphql(`
      mutation HazardsUrge($selection: HazardSelection!, $text: String) {
        outcome: hazardsUrge(selection: $selection, text: $text) {
          done
          refused {
            id
            number
            code
            message
          }
        }
      }
    `),
    (selection: Selection, given) => ({ selection, text: orNull(given, 'text') }),
    { fields: () => [{ key: 'text', kind: 'text', label: 'hazard.act.urgeText', most: 200, hint: 'hazard.act.urgeHint' }] },
  ),
  ASSIGN: act(
    graphql(`
      mutation HazardsAssign($selection: HazardSelection!, $person: String!, $dept: String) {
        outcome: hazardsAssign(selection: $selection, responsiblePerson: $person, responsibleDept: $dept) {
          done
          refused {
            id
            number
            code
            message
          }
        }
      }
    `),
    (selection: Selection, given) => ({ selection, person: textOf(given, 'responsiblePerson'), dept: orNull(given, 'responsibleDept') }),
    {
      fields: () => [
        { key: 'responsiblePerson', kind: 'line', needed: true, most: 40 },
        { key: 'responsibleDept', kind: 'line', most: 60 },
      ],
    },
  ),
  CLOSE: act(
    graphql(`
      mutation HazardsClose($selection: HazardSelection!, $opinion: String) {
        outcome: hazardsClose(selection: $selection, opinion: $opinion) {
          done
          refused {
            id
            number
            code
            message
          }
        }
      }
    `),
    (selection: Selection, given) => ({ selection, opinion: orNull(given, 'opinion') }),
    { fields: () => [{ key: 'opinion', kind: 'text', most: 500, hint: 'hazard.act.opinionHint' }] },
  ),
}
export const BULK_ACTS = Object.keys(BULK) as BulkAct[]
