/** A list of the graph with the arguments that it is read by: what the file of it holds. */
export interface Listed {
  list: string
  where?: object
  orderBy?: object
  search?: string
}

/** As far as a question is looked at here; any parsed document fits. */
interface Node {
  readonly kind: string
  readonly [part: string]: unknown
}

const PAGING = new Set(['first', 'after', 'last', 'before', 'offset'])

/** 导出 Excel: every row of the list in its order, whatever page is on the screen. */
export function exportLink({ list, ...args }: Listed & Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(args))
    if (value !== undefined && value !== null && value !== '') query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value as string))
  const said = query.toString()
  return `/export/${list}.xlsx${said && `?${said}`}`
}

/** The list that a question asks for first, by the arguments it has now; its page is left out. */
export function listedIn(question: unknown, variables: Record<string, unknown>): Listed {
  const operation = (question as { definitions: Node[] }).definitions.find(({ kind }) => kind === 'OperationDefinition')
  const [field] = (operation?.selectionSet as { selections: Node[] }).selections
  const given = ((field?.arguments ?? []) as Node[]).map((one) => [nameOf(one), valueOf(one.value as Node, variables)] as const)
  return { ...Object.fromEntries(given.filter(([name]) => !PAGING.has(name))), list: nameOf(field!) }
}

const nameOf = (node: Node): string => (node.name as { value: string }).value

function valueOf(node: Node, variables: Record<string, unknown>): unknown {
  if (node.kind === 'Variable') return variables[nameOf(node)]
  if (node.kind === 'NullValue') return null
  if (node.kind === 'IntValue' || node.kind === 'FloatValue') return Number(node.value)
  if (node.kind === 'ListValue') return (node.values as Node[]).map((one) => valueOf(one, variables))
  if (node.kind === 'ObjectValue') return Object.fromEntries((node.fields as Node[]).map((one) => [nameOf(one), valueOf(one.value as Node, variables)]))
  return node.value
}
