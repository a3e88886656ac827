import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type TypeNode,
  type ValueNode,
} from 'graphql'
import type { SignedIn } from '../shared/context.js'
import { thingOf } from '../shared/datum.js'
import type { Door, Prepared } from '../shared/door.js'
import { type ListArgs, type ListField, pastOnly } from '../shared/read/listField.js'
import { csvRows, type PlainColumn } from '../shared/read/csvRows.js'
import { streamRows } from '../shared/read/list.js'
import type { Written } from '../shared/read/reader.js'
import { fieldsOf } from '../shared/read/select.js'
import { Refusal } from '../shared/refusal.js'
import { answerOf, askingOf, type Row, type Table } from './answer.js'
import type { Understood } from './understand.js'

/** Names of our own in the analyst's operation. */
const IDS = 'anbiaoRows'
const ID = 'anbiaoRow'
const PAGING = new Set(['where', 'orderBy', 'first', 'after', 'last', 'before', 'offset'])
const AT_ONCE = 500

/**
 * A list given out whole, whatever page the query asks for. What matches and in which order is fixed by one statement
 * that yields ids; the records behind some hundreds of them at a time come through the graph itself, so that every
 * field, right and relation is what the screen shows. Memory does not grow with the list.
 */
export class WholeList {
  readonly table: Table
  readonly #prepared: Prepared
  readonly #size: number
  readonly #answer: string

  constructor(
    private readonly door: Door,
    private readonly list: ListField,
    private readonly understood: Understood,
  ) {
    const { prepared, root, name } = understood
    const asking = askingOf(prepared)
    const below = fieldsOf(root, asking)
    const edges = below.filter((field) => field.name.value === 'edges')
    const fields = [...below.filter((field) => field.name.value === 'nodes'), ...fieldsOf(edges, asking).filter((field) => field.name.value === 'node')]
    this.#answer = name
    this.table = { type: door.schema.getType(thingOf(list.target).name) as Table['type'], fields, path: [name, 'nodes'] }
    const document = documentOf(understood, fields)
    const operation = document.definitions[0] as OperationDefinitionNode
    this.#size = sizeOf(door, document, operation, prepared.variables)
    this.#prepared = {
      schema: prepared.schema,
      document,
      operation,
      operationName: operation.name?.value,
      variables: prepared.variables,
      cost: 0, // compiled, whatever it costs: it is asked thousands of times
    }
  }

  /** Some hundreds of records at a time, in the list's order; `contextNow` says who is asking by then, and throws when he may no longer. */
  async *rows(context: SignedIn, contextNow: () => Promise<SignedIn>): AsyncGenerator<Row[]> {
    const { ctx, wanted } = await this.#wanted(context)
    let ids: string[] = []
    const selection = { target: this.list.target, data: new Set(['id']), links: new Map() }
    for await (const { id } of streamRows(selection, ctx, wanted)) {
      ids.push(id as string)
      if (ids.length < this.#size) continue
      yield await this.#behind(ids, await contextNow())
      ids = []
    }
    if (ids.length) yield await this.#behind(ids, await contextNow())
  }

  /** The whole list as lines of a CSV, in one statement; only for columns that are plain data (plainColumns.ts). */
  async *written(columns: readonly PlainColumn[], context: SignedIn, contextNow: () => Promise<SignedIn>): AsyncGenerator<Written> {
    const { ctx, wanted } = await this.#wanted(context)
    for await (const part of csvRows(this.list.target, columns, ctx, wanted)) {
      await contextNow()
      yield part
    }
  }

  /** What the query asks of the list, paging apart. */
  async #wanted(context: SignedIn) {
    const { prepared, type, root } = this.understood
    const field = type.getFields()[root[0]!.name.value]!
    const { coerced, errors } = getVariableValues(prepared.schema, prepared.operation.variableDefinitions ?? [], prepared.variables ?? {}, { maxErrors: 1 })
    if (errors) throw new Refusal('QUESTION_VARIABLES', errors[0]!.message, { field: 'variables' })
    const args = getArgumentValues(field, root[0]!, coerced) as ListArgs
    const ctx = this.list.who(context)
    const asOf = pastOnly(args.asOf, ctx.now)
    const also = await this.list.also?.(ctx, args as never, asOf)
    const wanted = { where: args.where, also, orderBy: args.orderBy, fallback: this.list.fallback, asOf }
    return { ctx, wanted }
  }

  async #behind(ids: readonly string[], context: SignedIn): Promise<Row[]> {
    const variables = { ...this.#prepared.variables, [IDS]: ids }
    const data = await answerOf(this.door, { ...this.#prepared, variables }, context)
    const nodes = (data[this.#answer] as { nodes: Row[] }).nodes
    const known = new Map(nodes.map(({ [ID]: id, ...row }) => [id as string, row]))
    // What went out of the reader's sight meanwhile is not given out.
    return ids.flatMap((id): Row[] => (known.has(id) ? [known.get(id)!] : []))
  }
}

const name = (value: string) => ({ kind: Kind.NAME, value }) as const
const variable = (value: string) => ({ kind: Kind.VARIABLE, name: name(value) }) as const
const object = (field: string, value: ValueNode): ValueNode => ({ kind: Kind.OBJECT, fields: [{ kind: Kind.OBJECT_FIELD, name: name(field), value }] })
const BY_ID = object('field', { kind: Kind.ENUM, value: 'id' })
const LIST_OF_IDS: TypeNode = { kind: Kind.LIST_TYPE, type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: name('ID') } } }

/** The analyst's operation with nothing in it but this list's records, asked for by their ids. */
function documentOf({ prepared, root, name: answer }: Understood, fields: readonly FieldNode[]): DocumentNode {
  const first = root[0]!
  const own = (first.arguments ?? []).filter(({ name: { value } }) => !PAGING.has(value))
  const added: ArgumentNode[] = [
    { kind: Kind.ARGUMENT, name: name('where'), value: object('id', object('in', variable(IDS))) },
    // By id: the order of the list is known already, and no index is walked for it.
    { kind: Kind.ARGUMENT, name: name('orderBy'), value: BY_ID },
    { kind: Kind.ARGUMENT, name: name('first'), value: { kind: Kind.INT, value: String(AT_ONCE) } },
  ]
  const selections: SelectionNode[] = [
    ...fields.flatMap((field) => field.selectionSet?.selections ?? []),
    { kind: Kind.FIELD, alias: name(ID), name: name('id') },
  ]
  const nodes: FieldNode = { kind: Kind.FIELD, name: name('nodes'), selectionSet: { kind: Kind.SELECTION_SET, selections } }
  const list: FieldNode = {
    kind: Kind.FIELD,
    alias: name(answer),
    name: first.name,
    arguments: [...own, ...added],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [nodes] },
  }
  const operation: OperationDefinitionNode = {
    ...prepared.operation,
    variableDefinitions: [...(prepared.operation.variableDefinitions ?? []), { kind: Kind.VARIABLE_DEFINITION, variable: variable(IDS), type: LIST_OF_IDS }],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [list] },
  }
  return { kind: Kind.DOCUMENT, definitions: [operation, ...prepared.document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)] }
}

/** As many at once as one answer may cost. */
function sizeOf(door: Door, document: DocumentNode, operation: OperationDefinitionNode, variables: Prepared['variables']): number {
  for (let size = AT_ONCE; size > 1; size = Math.floor(size / 2)) {
    try {
      door.measure(document, withFirst(operation, size), variables)
      return size
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'QUERY_TOO_COSTLY')) throw error
    }
  }
  return 1
}

function withFirst(operation: OperationDefinitionNode, size: number): OperationDefinitionNode {
  const list = operation.selectionSet.selections[0] as FieldNode
  const args = (list.arguments ?? []).map((one): ArgumentNode =>
    one.name.value === 'first' ? { ...one, value: { kind: Kind.INT, value: String(size) } } : one,
  )
  return { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...list, arguments: args }] } }
}

export const nameOfList = ({ root }: Understood): string => root[0]!.name.value
