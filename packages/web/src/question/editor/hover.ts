import { hoverTooltip } from '@codemirror/view'
import { getNamedType, type GraphQLArgument, type GraphQLEnumValue, type GraphQLField, isEnumType, isInputObjectType } from 'graphql'
import { getSchema, offsetToPos } from 'cm6-graphql'
import { getTokenAtPosition, getTypeInfo, RuleKinds } from 'graphql-language-service'
import { choiceText } from '../shown'

/** What the schema says about the word under the pointer: its type, its meaning, its choices. */
export const hover = hoverTooltip((view, at) => {
  const schema = getSchema(view.state)
  const word = view.state.wordAt(at)
  if (!schema || !word) return null
  const token = getTokenAtPosition(view.state.doc.toString(), offsetToPos(view.state.doc, word.from), 1)
  const said = aboutWord(token.state.kind, getTypeInfo(schema, token.state), view.state.sliceDoc(word.from, word.to))
  return said ? { pos: word.from, end: word.to, above: true, create: () => ({ dom: box(said) }) } : null
})

interface About {
  head: string
  text: string[]
}
type Info = ReturnType<typeof getTypeInfo>
type Described = GraphQLField<unknown, unknown> | GraphQLArgument

function aboutWord(kind: unknown, info: Info, word: string): About | undefined {
  if (kind === RuleKinds.ENUM_VALUE && info.inputType) {
    const type = getNamedType(info.inputType)
    const value = isEnumType(type) ? type.getValue(word) : undefined
    return value && isEnumType(type) ? { head: `${type.name}.${word}`, text: [choice(type.name, value)] } : undefined
  }
  if (kind === RuleKinds.ARGUMENT) return about(info.argDef ?? undefined)
  if (kind === RuleKinds.OBJECT_FIELD) {
    const field = info.objectFieldDefs?.[word]
    return field && about(field)
  }
  return about(info.fieldDef ?? undefined)
}

function about(one: Pick<Described, 'name' | 'description' | 'type'> | undefined): About | undefined {
  if (!one) return undefined
  const type = getNamedType(one.type)
  const text = [one.description ?? '', isInputObjectType(type) || isEnumType(type) ? (type.description ?? '') : '']
  if (isEnumType(type))
    text.push(
      type
        .getValues()
        .slice(0, 30)
        .map((value) => `${value.name} ${choice(type.name, value)}`)
        .join('\n'),
    )
  return { head: `${one.name}: ${one.type.toString()}`, text: text.filter(Boolean) }
}
const choice = (type: string, { name, description }: GraphQLEnumValue) => {
  const said = choiceText(type, name, description)
  return said === name ? '' : said
}

export function box({ head, text }: About): HTMLElement {
  const dom = document.createElement('div')
  dom.className = 'graph-docs'
  dom.append(Object.assign(document.createElement('code'), { textContent: head }))
  for (const line of text) dom.append(Object.assign(document.createElement('p'), { textContent: line }))
  return dom
}
