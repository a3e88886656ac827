import { expect, test } from 'vitest'
import { shortName } from './shortName.js'

test.each([
  ['安溪县金谷镇恒源石材有限公司', '恒源石材'],
  ['福建省泉州市安溪县金谷信泰机砖厂', '信泰机砖厂'],
  ['福建省金谷恒香茶业有限责任公司', '恒香茶业'],
  ['泉州恒香茶业股份有限公司', '泉州恒香茶业'],
  ['金谷加油站', '加油站'],
  ['金谷有限公司', '金谷有限公司'],
  ['市场边小吃店', '市场边小吃店'],
])('%s is %s on the board of its town', (name, short) => {
  expect(shortName(name, '金谷镇')).toBe(short)
})
