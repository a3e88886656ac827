import { computed } from 'vue'
import { graphql } from '../gql/checklist'
import { useAct } from '../shared/useAct'
import type { ItemFacts } from './labels'
import type { ListFacts } from './ListForm.vue'

type Seen = { id: string; version: number }

/** What an enterprise does to one of its lists; each act shows its refusal and reads the list again. */
export function useListActs(reload: () => void) {
  const add = useAct(
    graphql(`
      mutation AddItem($checklist: ID!, $facts: TemplateItemInput!) {
        checklistItemAdd(checklist: $checklist, facts: $facts) {
          id
        }
      }
    `),
  )
  const editItem = useAct(
    graphql(`
      mutation EditItem($id: ID!, $version: Int!, $facts: TemplateItemInput!) {
        checklistItemEdit(id: $id, version: $version, facts: $facts) {
          id
          version
        }
      }
    `),
  )
  const dropItem = useAct(
    graphql(`
      mutation DropItem($id: ID!, $version: Int!, $reason: String!) {
        checklistItemDrop(id: $id, version: $version, reason: $reason) {
          id
          version
        }
      }
    `),
  )
  const restoreItem = useAct(
    graphql(`
      mutation RestoreItem($id: ID!, $version: Int!) {
        checklistItemRestore(id: $id, version: $version) {
          id
          version
        }
      }
    `),
  )
  const orderItems = useAct(
    graphql(`
      mutation OrderItems($id: ID!, $version: Int!, $items: [ID!]!) {
        checklistOrder(id: $id, version: $version, items: $items) {
          id
          version
          seq
        }
      }
    `),
  )
  const editList = useAct(
    graphql(`
      mutation EditChecklist($id: ID!, $version: Int!, $facts: ChecklistInput!) {
        checklistEdit(id: $id, version: $version, facts: $facts) {
          id
          version
        }
      }
    `),
  )
  const endList = useAct(
    graphql(`
      mutation EndChecklist($id: ID!, $version: Int!, $reason: String!) {
        checklistEnd(id: $id, version: $version, reason: $reason) {
          id
          version
          endedOn
        }
      }
    `),
  )
  const all = [add, editItem, dropItem, restoreItem, orderItems, editList, endList]
  const then = async (done: Promise<unknown>) => {
    const answer = await done
    if (answer) reload()
    return !!answer
  }
  const seen = ({ id, version }: Seen) => ({ id, version })
  return {
    busy: computed(() => all.some(({ busy }) => busy.value)),
    refusal: computed(() => all.find(({ refusal }) => refusal.value)?.refusal.value),
    save: (list: Seen, item: Seen | undefined, facts: ItemFacts) =>
      then(item ? editItem.act({ ...seen(item), facts }) : add.act({ checklist: list.id, facts })),
    drop: (item: Seen, reason: string) => then(dropItem.act({ ...seen(item), reason })),
    restore: (item: Seen) => then(restoreItem.act(seen(item))),
    order: (list: Seen, items: string[]) => then(orderItems.act({ ...seen(list), items })),
    edit: (list: Seen, { title, responsible, frequency, demand, startsOn }: ListFacts) =>
      then(editList.act({ ...seen(list), facts: { title, responsible, frequency, demand, startsOn } })),
    end: (list: Seen, reason: string) => then(endList.act({ ...seen(list), reason })),
  }
}
