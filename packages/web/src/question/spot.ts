import { type ASTNode, parse, visit } from 'graphql'

/** Where a word of the refusal stands in the query, for refusals that name a part and not a place. */
export function spotOf(
  query: string,
  { part, path, message }: { part?: unknown; path?: readonly (string | number)[] | undefined; message: string },
): Spot | undefined {
  const named = namesIn(query)
  const words = [
    ...(typeof part === 'string' ? part.split('.').reverse() : []),
    ...(path ?? []).filter((step) => typeof step === 'string').reverse(),
    ...(message.match(/[A-Za-z_]\w*/g) ?? []),
  ]
  for (const word of words) {
    // What lies deepest is what is multiplied most.
    const [deepest] = named.filter(({ name }) => name === word).sort((a, b) => b.depth - a.depth)
    if (deepest) return { line: deepest.line, column: deepest.column }
  }
  return undefined
}

interface Spot {
  line: number
  column: number
}
interface Named extends Spot {
  name: string
  depth: number
}

function namesIn(query: string): Named[] {
  const found: Named[] = []
  let depth = 0
  const add = (node: ASTNode, name: string) => {
    const start = node.loc?.startToken
    if (start) found.push({ name, depth, line: start.line, column: start.column })
  }
  try {
    visit(parse(query), {
      Field: {
        enter(node) {
          depth++
          add(node, node.name.value)
          if (node.alias) add(node, node.alias.value)
        },
        leave: () => void depth--,
      },
      Argument: (node) => add(node, node.name.value),
      ObjectField: (node) => add(node, node.name.value),
    })
  } catch {
    // What cannot be read has a place of its own already.
  }
  return found
}
