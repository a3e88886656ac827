import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The editor in the colours of the app; dark follows by itself. */
const colours = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--paper)', fontSize: '1rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: "'Cascadia Mono', Consolas, 'Noto Sans Mono CJK SC', 'Noto Sans SC', monospace", lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--head)', color: 'var(--ink-faint)', borderRight: '1px solid var(--line-soft)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--el-color-primary) 6%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--chosen)' },
  '.cm-placeholder': { color: 'var(--ink-faint)' },
  '.cm-tooltip': { color: 'var(--ink)', backgroundColor: 'var(--paper)', border: '1px solid var(--line-strong)', borderRadius: '4px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '0.15rem 0.5rem' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { color: 'var(--ink)', backgroundColor: 'var(--chosen)' },
  '.cm-completionDetail': { color: 'var(--ink-soft)', fontStyle: 'normal', marginLeft: '0.75em' },
  '.cm-completionInfo': { maxWidth: '22rem', padding: '0.4rem 0.6rem' },
  '.cm-diagnostic': { padding: '0.3rem 0.6rem' },
  '.cm-panels': { color: 'var(--ink)', backgroundColor: 'var(--head)' },
})

const syntax = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--code-keyword)' },
  { tag: [tags.typeName, tags.name], color: 'var(--ink)' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--code-field)' },
  { tag: tags.attributeName, color: 'var(--code-argument)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.integer, tags.float, tags.bool, tags.null, tags.atom], color: 'var(--code-number)' },
  { tag: [tags.variableName, tags.special(tags.name)], color: 'var(--code-variable)' },
  { tag: tags.comment, color: 'var(--ink-faint)' },
])

export const look = [colours, syntaxHighlighting(syntax)]
