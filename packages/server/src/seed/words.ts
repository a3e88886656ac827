/** What people write when they act; all fictional. */
export const RETURNED = [
  '现场复查：防护设施未固定牢靠，请重新加固后再报',
  '整改后照片看不出整改部位，且同类问题仍有两处',
  '只做了临时处理，未按要求更换',
  '责任人未到位，台账记录不全，退回补正',
]
export const EXTENDED = ['配件需从外地订购，预计到货后三日内装好', '连续降雨，室外作业无法进行', '施工单位档期已满，已签合同']
export const EXTENSION_OPINION = { true: '情况属实，同意延期，期间落实临时防范措施', false: '理由不充分，请按原期限完成' }
export const OPINIONS = ['现场复查，已按要求整改到位', '整改合格，同意销号', '已整改，照片与现场一致', '复查合格']
export const VOIDED = ['重复登记，以先登记的为准', '经核实不属于本企业', '现场核实情况不属实']
export const TRANSFERRED_TO = ['安溪县应急管理局', '安溪县消防救援大队', '安溪县住房和城乡建设局', '安溪县市场监督管理局']
export const LISTED = '重大隐患，镇级挂牌督办'
export const EMERGENCY_PLAN = '停止相关作业，设置警戒，按现场处置方案组织撤离，值班电话保持畅通'

/** One in a dozen writes as little as he can. */
const LAZY = ['已整改', '整改到位', '已按要求整改完毕', '已完成', '立即整改，举一反三，进一步提高安全意识', '好了', '已处理']
export function lazyResult(id: string): string | undefined {
  const n = parseInt(id.slice(-4), 16)
  return n % 12 === 0 ? LAZY[(n / 12) % LAZY.length] : undefined
}
