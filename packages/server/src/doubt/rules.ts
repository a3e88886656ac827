import { ruleNumber, ruleSet } from '../standard/ruleSets.js'

const points = (label: string, standard: number) => ruleNumber(`${label}：记几分`, '分', standard, 0, 100)

/** What makes an entry doubtful, each with its bound and its weight; a weight of 0 turns a rule off. */
const DOUBT = {
  line: ruleNumber('满几分列为疑似敷衍', '分', 50, 10, 200),
  shortChars: ruleNumber('说明不超过几个字算太短', '字', 4, 1, 20),
  shortPoints: points('说明太短', 25),
  emptyChars: ruleNumber('去掉套话后剩下不超过几个字算空话', '字', 1, 0, 20),
  emptyPoints: points('说明是空话', 50),
  restatePercent: ruleNumber('与原条款相同的字占几成（%）算照抄', '分', 80, 50, 100),
  restatePoints: points('照抄隐患描述或检查内容', 50),
  demandPoints: points('照抄整改要求', 20),
  sameFirms: ruleNumber('与几家别的企业说明相同算雷同', '个', 3, 1, 50),
  sameChars: ruleNumber('说明满几个字才查雷同', '字', 8, 4, 50),
  samePoints: points('与别的企业说明雷同', 50),
  repeatTimes: ruleNumber('同一人几次写相同的说明算重复', '次', 5, 2, 100),
  repeatPoints: points('同一人反复写相同的说明', 25),
  fastSeconds: ruleNumber('发现后几秒内整改完算太快', '秒', 60, 10, 3600),
  fastPoints: points('发现后马上整改完', 35),
  samePhotoPoints: points('整改前后是同一张照片', 70),
  likePhotoBits: ruleNumber('整改前后照片指纹相差不超过几位算几乎相同', '位', 3, 0, 16),
  likePhotoPoints: points('整改前后照片几乎相同', 45),
  rushItems: ruleNumber('满几项的检查才看用时', '个', 6, 2, 100),
  rushSeconds: ruleNumber('每项平均不到几秒且全部符合算走过场', '秒', 2, 1, 60),
  rushPoints: points('全部符合且用时太短', 60),
  sampleDoubtful: ruleNumber('每月抽查名单：最可疑的几条', '条', 8, 0, 200),
  sampleRandom: ruleNumber('每月抽查名单：随机抽几条', '条', 4, 0, 200),
}
export const doubtRules = ruleSet('doubt', '疑似敷衍', DOUBT)
export type DoubtRules = Awaited<ReturnType<typeof doubtRules>>

/** As shipped, without a town. */
export const shippedDoubtRules = (): DoubtRules => Object.fromEntries(Object.entries(DOUBT).map(([key, { standard }]) => [key, standard])) as DoubtRules
