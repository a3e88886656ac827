import { Checklist, ChecklistItem } from './checklist/checklist.entity.js'
import { Template, TemplateItem } from './checklist/template.entity.js'
import { ChecklistUpgrade } from './checklist/upgrade.entity.js'
import type { ListField } from './shared/read/listField.js'
import { READERS, signedIn } from './shared/signedIn.js'
import { CodeItem, CodeList } from './standard/codeList.entity.js'
import { Norm } from './standard/norm.entity.js'

const one = (name: string, target: ListField['target']): ListField => ({ name, target, description: name, who: (c) => signedIn(c, ...READERS), fallback: [{ field: 'createdAt' }] })
export const TEMP: ListField[] = [
  one('checklists', Checklist),
  one('checklistItems', ChecklistItem),
  one('checklistUpgrades', ChecklistUpgrade),
  one('templates', Template),
  one('templateItems', TemplateItem),
  one('norms', Norm),
  one('codeLists', CodeList),
  one('codeItems', CodeItem),
]
