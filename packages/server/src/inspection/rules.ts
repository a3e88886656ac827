import { ruleNumber, ruleSet } from '../standard/ruleSets.js'

/** Numbers that the field leaves open (domain.md §5.2, GK-m); that enforcement goes in twos is law, so no fewer can be set. */
export const checkRules = ruleSet('inspection', '检查', {
  checkHolidayAhead: ruleNumber('节假日前几个工作日内完成节前检查', '个', 3, 1, 10),
  checkUploadDays: ruleNumber('检查记录最迟几天内上传（离线草稿）', '天', 30, 1, 90),
  checkLateDays: ruleNumber('漏检后几天内可以补做', '天', 7, 0, 31),
  cardPinDays: ruleNumber('岗位口令有效天数', '天', 90, 7, 365),
  checkOfficers: ruleNumber('执法检查最少人数', '人', 2, 2, 10),
})
export type CheckRules = Awaited<ReturnType<typeof checkRules>>
