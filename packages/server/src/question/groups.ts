import { type ArgumentNode, type FieldNode, Kind, type OperationDefinitionNode, visit } from 'graphql'
import type { SignedIn } from '../shared/context.js'
import type { Door } from '../shared/door.js'
import { Refusal } from '../shared/refusal.js'
import { answerOf, type Row, rowsAt, type Table } from './answer.js'
import type { Understood } from './understand.js'

const MOST_GROUPS = 1_000

/** What is answered at once: figures, and groups, of which a query that names no limit gets all there can be. */
export async function groupsWhole(door: Door, { prepared }: Understood, table: Table & { part: string }, context: SignedIn): Promise<Row[]> {
  if (table.part !== 'groups') return rowsAt(await answerOf(door, prepared, context), table.path)
  let unlimited = false
  const document = visit(prepared.document, {
    [Kind.FIELD]: (node): FieldNode | undefined => {
      if (node.name.value !== 'groups' || !node.selectionSet || node.arguments?.some(({ name }) => name.value === 'limit')) return undefined
      unlimited = true
      const truncated: FieldNode = { kind: Kind.FIELD, alias: { kind: Kind.NAME, value: CUT }, name: { kind: Kind.NAME, value: 'truncated' } }
      const limit: ArgumentNode = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'limit' }, value: { kind: Kind.INT, value: String(MOST_GROUPS) } }
      return {
        ...node,
        arguments: [...(node.arguments ?? []), limit],
        selectionSet: { ...node.selectionSet, selections: [...node.selectionSet.selections, truncated] },
      }
    },
  })
  const name = prepared.operation.name?.value
  const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === name)!
  const data = await answerOf(door, unlimited ? { ...prepared, document, operation } : prepared, context)
  const [around] = rowsAt(data, table.path.slice(0, -1))
  if (around?.[CUT]) throw new Refusal('QUESTION_GROUPS', `分组超过 ${MOST_GROUPS} 个，请加筛选条件、减少分组项，或写明 limit`)
  return rowsAt(data, table.path)
}

const CUT = 'anbiaoCut'
