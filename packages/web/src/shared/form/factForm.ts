import type { InjectionKey, Ref } from 'vue'
import type { Refusal } from '../refusal'

/** What a form tells its fields: the server's refusal, until the field it speaks of is changed. */
export const factForm: InjectionKey<{ refusal: Ref<Refusal | undefined>; valueOf: (prop: string) => unknown }> = Symbol('factForm')
