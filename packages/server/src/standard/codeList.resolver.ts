import type { ListField } from '../shared/read/listField.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { CodeItem, CodeList } from './codeList.entity.js'

export const CODE_LISTS: ListField = {
  name: 'codeLists',
  target: CodeList,
  description: '代码表，每个版本一条：行业、事故类别、隐患因素、管控措施类别、安全标志等',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'code' }, { field: 'edition' }],
}
export const CODE_ITEMS: ListField = {
  name: 'codeItems',
  target: CodeItem,
  description: '代码表里的代码',
  who: (context) => signedIn(context, ...READERS),
  fallback: [{ field: 'seq' }, { field: 'code' }],
}
