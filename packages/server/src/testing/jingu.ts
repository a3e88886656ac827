import { Places } from '../ledger/places.js'

/** 金谷镇 as the tests of the ledgers know it (domain.md §1.5, §1.7). */
const VILLAGES = '金谷 金东 金山 汤内 华芸 芸美 尚芸 景坑 河山 河美 美洋 东洋 深洋 洋中 溪榜 元口 三元 洋内 丽山 渊兜 中都 田头 山岭 大演'
const STATIONS: Record<string, string> = {
  EMERGENCY_OFFICE: '镇安办',
  INDUSTRY_STATION: '经济发展（企业服务）办公室',
  MARKET_STATION: '市场监督管理所',
  POLICE: '派出所（交警中队）',
  FIRE_POST: '消防工作站',
  BUILD_STATION: '村镇规划建设办',
  TRANSPORT_STATION: '交通/公路管理站',
  WATER_AGRI_STATION: '农业农村、水利工作站（乡村振兴中心）',
  FOREST_STATION: '林业站',
  LAND_STATION: '自然资源所',
  EDU_STATION: '中心学校',
  HEALTH_STATION: '卫生院',
}

export const jingu = new Places(
  { code: '350524106', name: '金谷镇' },
  VILLAGES.split(' ').map((name, i) => ({ code: `3505241062${String(i + 1).padStart(2, '0')}`, name: `${name}村` })),
  Object.entries(STATIONS).map(([code, name]) => ({ code, name })),
  ['福建省', '泉州市', '安溪县'],
)
