import { ruleNumber, ruleSet } from '../standard/ruleSets.js'

/** What a town decides about reports from outside. */
export const publicRules = ruleSet('public', '群众举报', {
  triageDays: ruleNumber('收到后几天内处理（受理、转办或答复）', '天', 3, 1, 30),
  perAddress: ruleNumber('同一网络地址每小时最多收几条', '条', 10, 1, 200),
  perTown: ruleNumber('全部来源每小时最多收几条', '条', 120, 10, 5000),
  photos: ruleNumber('一条举报最多几张照片', '张', 6, 0, 12),
  photoMb: ruleNumber('每张照片最大', 'MB', 8, 1, 15),
  fillSeconds: ruleNumber('打开页面后至少几秒才能提交', '秒', 4, 0, 60),
  puzzleBits: ruleNumber('提交前浏览器计算的难度', '位', 14, 0, 20),
  contactDays: ruleNumber('办结后几天删除举报人联系方式', '天', 90, 7, 365),
})
export type PublicRules = Awaited<ReturnType<typeof publicRules>>
