import { type Diagnostic, linter } from '@codemirror/lint'
import { type EditorState, StateEffect, StateField, type Text } from '@codemirror/state'
import { getSchema } from 'cm6-graphql'
import { GraphQLError, NoUnusedVariablesRule, parse, specifiedRules, validate } from 'graphql'
import { type Fault, faultInWords } from '../fault'

/** Unused variables only get a wave of another colour: one often writes them first. */
const HARMLESS = new Set(['NoUnusedVariablesRule'])
const SERIOUS = specifiedRules.filter(({ name }) => !HARMLESS.has(name))

/** What the graph refused; it speaks of the text as it was sent and is forgotten with the next change. */
export const setRefused = StateEffect.define<readonly Fault[]>()
const refused = StateField.define<readonly Fault[]>({
  create: () => [],
  update: (before, { effects, docChanged }) => effects.find((effect) => effect.is(setRefused))?.value ?? (docChanged ? [] : before),
})

/** Faults shown in the reader's words at their place: those one sees while writing, and what the graph said. */
export const faults = [
  refused,
  linter(({ state }) => [...written(state), ...answered(state)], {
    delay: 400,
    needsRefresh: ({ startState, state }) => startState.field(refused) !== state.field(refused),
  }),
]

function written(state: EditorState): Diagnostic[] {
  const schema = getSchema(state)
  const text = state.doc.toString()
  if (!schema || !text.replace(/#.*/g, '').trim()) return []
  try {
    const document = parse(text)
    const errors = validate(schema, document, SERIOUS).map((error) => said(error, state.doc, 'error'))
    return errors.length ? errors : validate(schema, document, [NoUnusedVariablesRule]).map((error) => said(error, state.doc, 'warning'))
  } catch (error) {
    return error instanceof GraphQLError ? [said(error, state.doc, 'error')] : []
  }
}

function answered(state: EditorState): Diagnostic[] {
  return state.field(refused).flatMap(({ line, column = 1, message }) => {
    if (line === undefined) return []
    const from = offset(state.doc, { line, column })
    return [{ from, to: wordEnd(state.doc, from), severity: 'error', message }]
  })
}

function said(error: GraphQLError, doc: Text, severity: Diagnostic['severity']): Diagnostic {
  const place = error.locations?.[0]
  const from = place ? offset(doc, place) : 0
  return { from, to: wordEnd(doc, from), severity, message: faultInWords(error.message) }
}

export function offset(doc: Text, { line, column }: { line: number; column: number }): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
  return Math.min(at.from + column - 1, at.to)
}
/** To the end of the word that begins there; at least one character, that there is something to see. */
export function wordEnd(doc: Text, from: number): number {
  const rest = /^[$\w]+/.exec(doc.lineAt(from).text.slice(from - doc.lineAt(from).from))?.[0].length ?? 1
  return Math.min(from + rest, doc.length)
}
