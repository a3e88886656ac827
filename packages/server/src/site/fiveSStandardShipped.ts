import type { FiveSDimensionInput } from './fiveSStandard.resolver.js'

export const SHIPPED_STANDARD = { name: '现场5S管理评分标准', edition: '2026年第1版', itemMost: 4, photoBelow: 3, gradeA: 90, gradeB: 80, pass: 60 }

/** Five dimensions of 20 points each (domain.md §6.1); the town replaces them by its own when the county issues some. */
export const SHIPPED_DIMENSIONS: readonly FiveSDimensionInput[] = [
  {
    name: '整理',
    points: 20,
    items: ['有要与不要物品清单，现场没有不用的物品', '没有过期、报废的材料和工具', '通道、消防设施和配电箱前没有堆放物', '私人物品集中存放，不放在机台上'],
  },
  {
    name: '整顿',
    points: 20,
    items: ['物品定点、定容、定量，有标签', '通道、堆放区、禁入区有标线且清楚', '工具、模具用后归位，一目了然', '危险化学品分类存放，有标签和安全说明书'],
  },
  {
    name: '清扫',
    points: 20,
    items: ['地面、设备、管道没有积尘、油污', '设备没有跑冒滴漏，见本色', '有清扫责任区和值日表，按表执行', '粉尘、边角料每班清理，集尘装置有清灰记录'],
  },
  {
    name: '清洁',
    points: 20,
    items: ['整理、整顿、清扫有成文的标准', '现场有看板，责任人和标准公开', '前三项有定期检查和改进记录', '安全标识、告知卡完好清楚'],
  },
  {
    name: '素养',
    points: 20,
    items: ['按规定穿戴劳动防护用品', '按操作规程作业，没有“三违”', '准时到岗，班前会讲安全', '员工能说出本岗位的风险和应急措施'],
  },
]
