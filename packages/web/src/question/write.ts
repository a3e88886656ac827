import { astFromValue, type GraphQLInputType, Kind, parse, print, type ValueNode } from 'graphql'
import type { Thing } from './catalog'
import { type Condition, type Conditions, type Draft, keyName, keyPath } from './draft'
import { layOut } from './layOut'

type Plain = Record<string, unknown>

/** `['enterprise', 'name']`, x → `{ enterprise: { name: x } }`. */
const nested = (path: readonly string[], value: unknown): unknown => path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value)

const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length)

/** The filter that a condition stands for; nothing while it is not complete. */
function filterOf(condition: Condition): Plain | undefined {
  if (condition.kind === 'is') {
    if (!condition.path.length || isEmpty(condition.value)) return undefined
    return nested(condition.path, { [condition.operator]: condition.value }) as Plain
  }
  if (condition.kind === 'many') return nested(condition.path, { [condition.how]: whereOf(condition.of) ?? {} }) as Plain
  return whereOf(condition)
}

export function whereOf({ kind, parts }: Conditions): Plain | undefined {
  const filters = parts.map(filterOf).filter((filter) => filter !== undefined)
  const [first, ...others] = filters
  if (!first) return undefined
  if (kind === 'none') return { not: others.length ? { or: filters } : first }
  if (!others.length) return first
  return kind === 'any' ? { or: filters } : merged(filters)
}

/** Filters on different data stand side by side; `and` is only written where two speak of the same one. */
function merged(filters: readonly Plain[]): Plain {
  const names = filters.flatMap((filter) => Object.keys(filter))
  return new Set(names).size === names.length ? Object.assign({}, ...filters) : { and: filters }
}

const literal = (value: unknown, type: GraphQLInputType): string => print(astFromValue(value, type) as ValueNode)
const given = (...parts: (string | undefined)[]) => {
  const shown = parts.filter((part) => part !== undefined)
  return shown.length ? `(${shown.join(', ')})` : ''
}

/** A tree of fields, `{ key: { enterprise: { station: 'station' } } }`, as a selection. */
type Tree = { [field: string]: string | Tree }
function put(tree: Tree, path: readonly string[], leaf: string): void {
  const [first = '', ...rest] = path
  if (!rest.length) return void (tree[leaf] = leaf)
  const below = tree[first]
  put(typeof below === 'object' ? below : (tree[first] = {}), rest, leaf)
}
const selection = (tree: Tree): string =>
  `{ ${Object.entries(tree)
    .map(([name, below]) => (typeof below === 'string' ? below : `${name} ${selection(below)}`))
    .join(' ')} }`

function keysOf(draft: Draft): string {
  const tree: Tree = {}
  for (const key of draft.keys) {
    const own = key.path.at(-1) ?? ''
    const name = keyName(key, draft.keys)
    put(tree, key.path, `${name === own ? '' : `${name}: `}${own}${key.by ? `(by: ${key.by})` : ''}`)
  }
  return draft.keys.length ? `key ${selection(tree)}` : ''
}

const pathsIn = (paths: readonly (readonly string[])[]) => {
  const tree: Tree = {}
  for (const path of paths) put(tree, path, path.at(-1) ?? '')
  return Object.keys(tree).length ? selection(tree).slice(1, -1).trim() : ''
}

/** What can still be ordered by: an order whose key or measure was taken away again is forgotten. */
function orderOf(draft: Draft) {
  const known = new Set(draft.answer === 'GROUPS' ? [...draft.keys.map((key) => keyPath(key, draft.keys)), ...draft.measures] : [])
  return draft.order.filter(({ by }) => by && (draft.answer === 'ROWS' || known.has(by))).slice(0, 5)
}

function havingOf(draft: Draft): Plain | undefined {
  const parts = draft.having
    .filter(({ measure, value }) => measure && value !== undefined && !Number.isNaN(value))
    .map(({ measure, operator, value }) => nested(measure.split('.'), { [operator]: value }) as Plain)
  return parts.length > 1 ? { and: parts } : parts[0]
}

/** The question in the language of the graph; undefined while there is nothing to ask for. */
export function writeQuestion(draft: Draft, thing: Thing): string | undefined {
  const where = whereOf(draft.conditions)
  const filter = where && thing.where ? `where: ${literal(where, thing.where)}` : undefined
  const body = draft.answer === 'GROUPS' && thing.group ? groupsOf(draft, thing, filter) : rowsOf(draft, thing, filter)
  if (!body) return undefined
  const text = `query { ${body} }`
  parse(text)
  return layOut(text)
}

function groupsOf(draft: Draft, thing: Thing, filter: string | undefined): string | undefined {
  const measures = draft.measures.map((path) => path.split('.'))
  if (!measures.length) return undefined
  const whole = measures.filter(([first = '']) => thing.aggregate?.getFields()[first])
  const total = whole.length ? `aggregate { ${pathsIn(whole)} }` : ''
  if (!draft.keys.length) return total ? `${thing.root}${given(filter)} { ${total} }` : undefined
  const having = havingOf(draft)
  const order = orderOf(draft).map(({ by, down }) => `{ by: ${JSON.stringify(by)}, dir: ${down ? 'DESC' : 'ASC'} }`)
  const bucketed = draft.keys.filter(({ by }) => by).length === 1
  const groups = given(
    having && thing.having ? `having: ${literal(having, thing.having)}` : undefined,
    order.length ? `orderBy: [${order.join(', ')}]` : undefined,
    `limit: ${draft.limit}`,
    draft.fill && bucketed ? 'fill: true' : undefined,
  )
  return `${thing.root}${given(filter)} { ${total} groups${groups} { nodes { ${keysOf(draft)} ${pathsIn(measures)} } truncated } }`
}

function rowsOf(draft: Draft, thing: Thing, filter: string | undefined): string | undefined {
  if (!draft.columns.length) return undefined
  const order = orderOf(draft).map(({ by, down }) => `{ field: ${by}, dir: ${down ? 'DESC' : 'ASC'} }`)
  const args = given(filter, order.length && thing.order ? `orderBy: [${order.join(', ')}]` : undefined, `first: ${draft.limit}`)
  return `${thing.root}${args} { totalCount nodes { ${pathsIn(draft.columns)} } }`
}

/** The names of the variables an operation takes, with their types as written. */
export function variablesOf(text: string): { name: string; type: string; needed: boolean }[] {
  try {
    return parse(text).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? (definition.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => ({
            name: variable.name.value,
            type: print(type),
            needed: type.kind === Kind.NON_NULL_TYPE && !defaultValue,
          }))
        : [],
    )
  } catch {
    return []
  }
}

/** What an answer calls its top-level parts, so that one of them can be named for the export. */
export function rootKeys(text: string): string[] {
  try {
    const operation = parse(text).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
    return (operation?.selectionSet.selections ?? []).flatMap((node) => (node.kind === Kind.FIELD ? [node.alias?.value ?? node.name.value] : []))
  } catch {
    return []
  }
}
