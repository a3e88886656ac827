import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { EditorState, type Extension, Prec } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { graphqlLanguageSupport, stateExtensions } from 'cm6-graphql'
import type { GraphQLSchema } from 'graphql'
import { complete } from './complete'
import { chinesePhrases } from './phrases'
import { faults } from './faults'
import { hover } from './hover'
import { look } from './look'

interface Settings {
  parent: HTMLElement
  text: string
  label: string
  hint: string
  chinese: boolean
  changed: (text: string) => void
  run: () => void
  prettify?: () => void
}

/** What every editor of the console has; `own` is what its language adds. */
export function editor({ parent, text, label, hint, chinese, changed, run, prettify }: Settings, own: Extension): EditorView {
  const does = (act: (() => void) | undefined) => (view: EditorView) => {
    closeCompletion(view)
    act?.()
    return !!act
  }
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: 'Mod-Enter', run: does(run) },
            { key: 'Shift-Alt-f', run: does(prettify) },
          ]),
        ),
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion(),
        highlightActiveLine(),
        lintGutter(),
        placeholder(hint),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap, indentWithTab]),
        chinese ? EditorState.phrases.of(chinesePhrases()) : [],
        look,
        own,
      ],
    }),
  })
}

export const graphEditor = (settings: Settings & { schema: GraphQLSchema | undefined }) =>
  editor(settings, [graphqlLanguageSupport(), complete, stateExtensions(settings.schema, { showErrorOnInvalidSchema: false }), faults, hover])
