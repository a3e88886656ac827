import { computed } from 'vue'
import { graphql } from '../gql/standard'
import type { ItemFacts } from '../checklist/ItemForm.vue'
import type { ListFacts } from '../checklist/ListForm.vue'
import { useAct } from '../shared/useAct'

/** What is done to the sheets of a draft; each act shows its refusal and reads the sheets again. */
export function useSheetActs(reload: () => void) {
  const addSheet = useAct(
    graphql(`
      mutation AddSheet($norm: ID!, $facts: TemplateInput!) {
        templateAdd(norm: $norm, facts: $facts) {
          id
        }
      }
    `),
  )
  const editSheet = useAct(
    graphql(`
      mutation EditSheet($id: ID!, $facts: TemplateInput!) {
        templateEdit(id: $id, facts: $facts) {
          id
        }
      }
    `),
  )
  const addItem = useAct(
    graphql(`
      mutation AddSheetItem($template: ID!, $facts: TemplateItemInput!) {
        templateItemAdd(template: $template, facts: $facts) {
          id
        }
      }
    `),
  )
  const editItem = useAct(
    graphql(`
      mutation EditSheetItem($id: ID!, $facts: TemplateItemInput!) {
        templateItemEdit(id: $id, facts: $facts) {
          id
        }
      }
    `),
  )
  const move = useAct(
    graphql(`
      mutation MoveSheetItem($id: ID!, $seq: Int!) {
        templateItemMove(id: $id, seq: $seq) {
          id
        }
      }
    `),
  )
  const remove = useAct(
    graphql(`
      mutation RemoveSheetItem($id: ID!) {
        templateItemRemove(id: $id)
      }
    `),
  )
  const all = [addSheet, editSheet, addItem, editItem, move, remove]
  const then = async (done: Promise<unknown>) => {
    const answer = await done
    if (answer) reload()
    return !!answer
  }
  return {
    busy: computed(() => all.some(({ busy }) => busy.value)),
    refusal: computed(() => all.find(({ refusal }) => refusal.value)?.refusal.value),
    saveSheet: (norm: string, id: string | undefined, { startsOn: _startsOn, ...facts }: ListFacts) =>
      then(id ? editSheet.act({ id, facts }) : addSheet.act({ norm, facts })),
    saveItem: (template: string, id: string | undefined, facts: ItemFacts) => then(id ? editItem.act({ id, facts }) : addItem.act({ template, facts })),
    moveItem: (id: string, seq: number) => then(move.act({ id, seq })),
    removeItem: (id: string) => then(remove.act({ id })),
  }
}
