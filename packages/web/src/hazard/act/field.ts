import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import type { Ref } from 'vue'
import { useAct } from '../../shared/useAct'

/** What a person types in for an act. Photos are a list, everything else is text until it is sent. */
export type Given = Record<string, string | string[]>

export interface ActField {
  /** As the server names it when it refuses it. */
  key: string
  kind: 'line' | 'text' | 'day' | 'photos' | 'yuan' | 'severity' | 'criterion'
  /** Key of its label in the words; `hazard.fact.<key>` when left out. */
  label?: string
  needed?: boolean
  most?: number
  hint?: string
  start?: string
  /** Only asked when this holds for what is typed in so far. */
  when?: (given: Given) => boolean
}

export interface ActSpec<Subject> {
  danger?: boolean
  fields: (subject: Subject) => readonly ActField[]
  /** Said above the fields: what this act does, what it needs. */
  note?: (subject: Subject) => string | undefined
  use: () => { busy: Ref<boolean>; refusal: ReturnType<typeof useAct>['refusal']; send: (subject: Subject, given: Given) => Promise<unknown> }
}

/** Ties the fields of an act to its mutation; what is sent is checked against the graph. */
export function act<Subject, Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: (subject: Subject, given: Given) => Variables,
  spec: Partial<Omit<ActSpec<Subject>, 'use'>> = {},
): ActSpec<Subject> {
  return {
    fields: () => [],
    ...spec,
    use: () => {
      const { act: perform, busy, refusal } = useAct(document)
      return { busy, refusal, send: (subject, given) => perform(variables(subject, given)) }
    },
  }
}

export const textOf = (given: Given, key: string) => String(given[key] ?? '').trim()
export const orNull = (given: Given, key: string) => textOf(given, key) || null
export const photosOf = (given: Given, key = 'photos') => [given[key] ?? []].flat()
