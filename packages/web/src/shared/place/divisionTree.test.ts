import { expect, test } from 'vitest'
import { divisionTree } from './divisionTree'

const place = (code: string, name: string, level: 'PROVINCE' | 'COUNTY' | 'TOWN' | 'VILLAGE', parent: string | null, validTo: string | null = null) => ({
  code,
  name,
  level,
  parent,
  validTo,
})
const county = [place('35', '福建省', 'PROVINCE', null), place('350524', '安溪县', 'COUNTY', '35')]
const town = [
  place('350524106', '金谷镇', 'TOWN', '350524'),
  place('350524106201', '金谷村', 'VILLAGE', '350524106'),
  place('350524106202', '金东村', 'VILLAGE', '350524106'),
]
const other = [place('350524199', '湖丘镇', 'TOWN', '350524'), place('350524199201', '演示一村', 'VILLAGE', '350524199')]

test('a town office that looks for a village sees its villages at once', () => {
  expect(divisionTree([...county, ...town], ['VILLAGE']).map(({ name }) => name)).toEqual(['金谷村', '金东村'])
})

test('a county sees its towns, and the villages below them', () => {
  const tree = divisionTree([...county, ...town, ...other], ['VILLAGE'])
  expect(tree.map(({ name }) => name)).toEqual(['金谷镇', '湖丘镇'])
  expect(tree[1]?.children?.map(({ name }) => name)).toEqual(['演示一村'])
})

test('when a town can be chosen the tree begins with the town and ends there if villages cannot', () => {
  const tree = divisionTree([...county, ...town], ['TOWN'])
  expect(tree).toEqual([{ code: '350524106', name: '金谷镇', disabled: false }])
})

test('a village that has been ended is no longer offered', () => {
  const ended = [...county, ...town.slice(0, 2), place('350524106202', '金东村', 'VILLAGE', '350524106', '2025-12-31')]
  expect(divisionTree(ended, ['VILLAGE']).map(({ name }) => name)).toEqual(['金谷村'])
})
