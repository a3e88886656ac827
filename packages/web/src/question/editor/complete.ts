import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { getSchema, graphqlLanguage, offsetToPos } from 'cm6-graphql'
import type { GraphQLSchema } from 'graphql'
import { getAutocompleteSuggestions } from 'graphql-language-service'
import { words } from '../../shared/words'
import { box } from './hover'

/** Said in English by the reference implementation itself, and of no use to an analyst. */
const hidden = (name: string) => name.startsWith('__')
/** Every record has them and nobody asks about them. */
const LATE = new Set(['id', 'version', 'createdAt'])
/** After these something can be written without being asked for. */
const INVITES = /[\w{($:@]$/

/** What can stand here, each with its meaning beside it, in the order of the schema: that of the paper. */
export const complete = graphqlLanguage.data.of({
  autocomplete(context: CompletionContext): CompletionResult | null {
    const schema = getSchema(context.state)
    const word = context.matchBefore(/\w*/)
    const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos)
    if (!schema || !word || (!context.explicit && !INVITES.test(before))) return null
    const options = optionsAt(schema, context)
    return options.length ? { from: word.from, options, validFor: /^\w*$/ } : null
  },
})

function optionsAt(schema: GraphQLSchema, { state, pos }: CompletionContext): Completion[] {
  const found = getAutocompleteSuggestions(schema, state.doc.toString(), offsetToPos(state.doc, pos))
  return found.flatMap(({ label, detail, documentation }, at): Completion[] => {
    if (hidden(label)) return []
    const own = frame(label)
    const about = documentation?.trim() || own
    const meaning = own || (words.global.locale.value === 'zh' ? about.split(/[：；。\n]/)[0]?.trim() : '')
    return [
      {
        label,
        detail: meaning || detail || '',
        sortText: `${LATE.has(label) ? 'z' : 'a'}${String(at).padStart(4, '0')}`,
        info: () => (about || detail ? box({ head: detail ? `${label}: ${detail}` : label, text: about ? [about] : [] }) : null),
      },
    ]
  })
}

/** The words of the graph's own frame, which no datum explains. */
function frame(name: string): string {
  const { t, te } = words.global
  const key = [`analyst.frame.${name}`, `question.is.${name}`, `question.field.${name}`].find((one) => te(one))
  return key ? t(key) : ''
}
