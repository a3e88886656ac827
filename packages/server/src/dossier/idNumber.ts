import { Refusal } from '../shared/refusal.js'

/** 身份证号 are not collected (domain.md §9.5): a number that bears one, as 特种作业操作证 do, is refused where it is typed. */
const ID_NUMBER = /[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]/

export function needNoIdNumber(text: string | null | undefined, field: string): void {
  if (text && ID_NUMBER.test(text.replace(/\s/g, ''))) throw new Refusal('ID_NUMBER', '这里含有身份证号码，本系统不收集身份证号码，请删去后再提交', { field })
}
