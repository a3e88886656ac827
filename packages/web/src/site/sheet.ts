import { reactive, watch } from 'vue'
import { today } from '../shared/days'
import { viewer } from '../shared/session'
import { ownPlace } from './place'

export interface Line {
  /** Undefined: not yet scored; null: does not apply. */
  score?: number | null
  note: string
  photos: string[]
}
export interface Sheet {
  draft: string
  place: { enterprise: string; unit: string; post: string }
  auditedOn: string
  remark: string
  /** The standard it was begun with, and its lines by item. */
  standard: string
  lines: Record<string, Line>
}

const keyOf = () => `anbiao.fiveS.${viewer.value?.id ?? ''}`
const blank = (): Sheet => ({ draft: crypto.randomUUID(), place: ownPlace(), auditedOn: today(), remark: '', standard: '', lines: {} })

/** A sheet that is being filled in beside the machines: kept on the device with every tap until it is handed in. */
export function useSheet(enterprise?: string) {
  const sheet = reactive<Sheet>({ ...blank(), ...kept() })
  if (enterprise && enterprise !== sheet.place.enterprise) Object.assign(sheet, blank(), { place: ownPlace(enterprise) })
  watch(sheet, (now) => localStorage.setItem(keyOf(), JSON.stringify(now)), { deep: true })
  return {
    sheet,
    lineOf: (item: string): Line => (sheet.lines[item] ??= { note: '', photos: [] }),
    clear: () => {
      Object.assign(sheet, blank())
      localStorage.removeItem(keyOf())
    },
  }
}

function kept(): Partial<Sheet> {
  try {
    return JSON.parse(localStorage.getItem(keyOf()) ?? '{}') as Partial<Sheet>
  } catch {
    return {}
  }
}
