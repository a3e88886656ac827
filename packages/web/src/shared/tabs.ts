import { inject, reactive, watchEffect, type InjectionKey, type MaybeRefOrGetter, toValue } from 'vue'

export interface Tab {
  key: string
  /** Where the tab stands, with its filter and place. */
  path: string
  /** Key of the route's title. */
  titleKey: string
  /** What the page calls itself, such as the number of a hazard. */
  title?: string
  /** Counted up by 刷新: the page is built anew. */
  turn: number
  home: boolean
}

/** 多页签: the pages that are open. */
export const tabs = reactive<Tab[]>([])
export const tabKey: InjectionKey<string> = Symbol('tab')

/** A page about one thing names its tab after it, such as by the number of the hazard. */
export function useTabTitle(title: MaybeRefOrGetter<string | undefined>): void {
  const key = inject(tabKey, undefined)
  watchEffect(() => {
    const said = toValue(title)
    const tab = tabs.find((one) => one.key === key)
    if (said && tab) tab.title = said
  })
}
