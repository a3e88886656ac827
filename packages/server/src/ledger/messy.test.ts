import { type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { checkCharacter } from '../enterprise/uscc.js'
import { readWorkbook } from '../shared/excel.js'
import { jingu } from '../testing/jingu.js'
import { Directory } from './directory.js'
import { readEnterprise } from './enterpriseRow.js'
import { readHazard } from './hazardRow.js'
import { judgeEnterprises, Register } from './judgeEnterprises.js'
import { judgeHazards, yearOf } from './judgeHazards.js'
import { ENTERPRISE_LEDGER, HAZARD_LEDGER } from './shapes.js'
import { findTable } from './table.js'
import { isAccepted, type Judged } from './verdict.js'

const code = (n: number, kind = '91') => {
  const first17 = `${kind}350524DEM${String(n).padStart(6, '0')}`
  return first17 + checkCharacter(first17)
}
const merge = (startRow: number, startCol: number, endRow: number, endCol: number) => ({ startRow, startCol, endRow, endCol })
const book = async (...sheets: WriteSheet[]) => readWorkbook(await writeXlsx({ sheets }))
const told = (verdicts: Judged<object>[]) => verdicts.map((v) => [v.row, v.outcome === 'error' ? v.field : v.outcome])
const enterprises = async (rows: CellValue[][], more: Partial<WriteSheet> = {}) => {
  const table = findTable(await book({ name: 'Sheet1', rows, ...more }), ENTERPRISE_LEDGER)
  return judgeEnterprises(
    table.rows.map((row) => readEnterprise(row, jingu)),
    new Register([]),
  )
}
const words = (read: Promise<unknown>) =>
  read.then(
    () => 'read',
    (error: Error) => error.message,
  )

describe('an enterprise ledger of another office', () => {
  const HEAD: CellValue[][] = [
    ['附件2'],
    ['金谷镇2023年企业（单位）底册'],
    ['序\n号', '属地', null, '企业（单位）基本情况', null, null, '联系方式', null, '主管', '其他'],
    [null, '村 居 *', '具体地址', '企业名称\n（全称，必填）', '社会信用\n代码', '员 工\n人 数', '负责人', '手机号码', '部门', '是否规上'],
  ]
  const merges = [merge(0, 0, 0, 9), merge(1, 0, 1, 9), merge(2, 0, 3, 0), merge(2, 1, 2, 2), merge(2, 3, 2, 5), merge(2, 6, 2, 7)]
  const rows: CellValue[][] = [
    ...HEAD,
    ['一、茶叶企业（2家）'],
    [1, '景坑', '景坑村1号', '安溪县金谷\n甲茶厂', code(1), '35人', '陈某', 13286574106, '经发办', '是'],
    [2, '金谷镇金东村', null, '乙茶厂（分厂）', code(2, '92').toLowerCase(), '约20', '林某', '0595-23300000/13286574107', '安监办', '否'],
    ['小计', null, null, null, null, 55, null, null, null, null],
    ['二、石材企业'],
    HEAD[3]!,
    [3, '汤内村委会', null, '丙石材厂', '暂无', '１２', '王某', '13286574108', null, null],
    [4, '汤内', null, '丁石材厂', '', 3, '李某', '', '国土所', null],
    [null, null, null, null, null, null, null, null, null, null],
    [5, '金古村', null, '戊石材厂', code(5), 8, '吴某', '13286574109', '国土所', '规下'],
    [6, '汤内', null, '己石材厂', `${code(6).slice(0, 17)}I`, -1, '吴某', '1328657410', '国土局', null],
    [7],
    ['合计', null, null, '6家', null, 78, null, null, null, null],
    ['填表人：陈某          审核人：林某          填报日期：2023年3月20日'],
    ['注：1.本表由各村报送。2.信用代码没有的填“无”。'],
  ]
  const sheet = {
    name: '底册',
    rows,
    merges: [...merges, merge(4, 0, 4, 9), merge(8, 0, 8, 9), merge(17, 0, 17, 9)],
    rowDefs: new Map([[6, { hidden: true }]]),
  }
  const others: WriteSheet[] = [
    { name: '填表说明', rows: [['一、企业名称：填营业执照上的全称。'], ['二、信用代码：18 位。']] },
    {
      name: '2022年',
      hidden: true,
      rows: [
        ['单位名称', '所属村', '联系电话'],
        ['旧厂', '景坑村', '13286574100'],
        ['旧店', '景坑村', '13286574101'],
      ],
    },
  ]

  test('is read through its two-row header, headings, subtotals, repeated headers and signatures', async () => {
    const table = findTable(await book(...others, sheet), ENTERPRISE_LEDGER)
    expect(table.sheet).toBe('底册')
    expect(table.otherSheets).toEqual(['2022年'])
    expect(table.header.row).toBe(4)
    expect([...table.header.fields.keys()].sort()).toEqual(
      ['address', 'name', 'phone', 'principal', 'scaleClass', 'staffCount', 'station', 'uscc', 'village'].sort(),
    )
    const verdicts = judgeEnterprises(
      table.rows.map((row) => readEnterprise(row, jingu)),
      new Register([]),
    )
    expect(told(verdicts)).toEqual([
      [6, 'created'],
      [7, 'created'],
      [11, 'created'],
      [12, 'uscc'],
      [14, 'village'],
      [15, 'uscc'],
    ])
    const accepted = verdicts.filter(isAccepted).map((v) => v.facts)
    expect(accepted[0]).toMatchObject({
      name: '安溪县金谷甲茶厂',
      division: '350524106208',
      staffCount: 35,
      phone: '13286574106',
      station: 'INDUSTRY_STATION',
      scaleClass: 'ABOVE_SCALE',
      principal: '陈某',
    })
    expect(accepted[1]).toMatchObject({
      name: '乙茶厂（分厂）',
      uscc: code(2, '92'),
      staffCount: 20,
      phone: '059523300000、13286574107',
      station: 'EMERGENCY_OFFICE',
    })
    expect(accepted[2]).not.toHaveProperty('noUsccReason') // 暂无 is no reason; the phone is what lets it in
    expect(verdicts[2]!.message).toContain('责任空白')
    expect(verdicts[4]).toMatchObject({ suggestion: '金谷村' })
    expect(verdicts[5]!.also!.map((fault) => fault.field)).toEqual(['station', 'staffCount', 'phone'])
    expect(verdicts[5]!.message).toContain('第 18 位“I”')
  })

  test('another sheet is read when it is asked for by name', async () => {
    expect(findTable(await book(...others, sheet), ENTERPRISE_LEDGER, '2022年').rows).toHaveLength(2)
    expect(await words(book(...others).then((sheets) => findTable(sheets, ENTERPRISE_LEDGER, '2021年')))).toContain('现有：填表说明、2022年')
  })

  test('with its columns in any order and extra ones beside them is read the same', async () => {
    const order = ['从业人员数量', '统一代码', '经度', '法人代表', '责任站所', '生产经营单位名称', '纬度', '所在村（社区）', '联系人电话', '企业类型']
    const values = (n: number, name: string): CellValue[] => [n, code(n), 118.2, '陈某', '市监所', name, 25.1, '洋中', `1328657410${n}`, '餐饮']
    const verdicts = await enterprises([order, values(1, '甲餐馆'), values(2, '乙餐馆')])
    expect(verdicts.filter(isAccepted).map((v) => v.facts)).toMatchObject([
      { name: '甲餐馆', staffCount: 1, station: 'MARKET_STATION', trade: '餐饮', legalRep: '陈某', division: '350524106214' },
      { name: '乙餐馆' },
    ])
  })

  test('a code that Excel took for a number is refused, since its last figures are lost', async () => {
    const [verdict] = await enterprises([
      ['单位名称', '信用代码', '村', '电话'],
      ['甲厂', 9.135052412345679e17, '景坑村', '13286574106'],
    ])
    expect(verdict).toMatchObject({ field: 'uscc', message: expect.stringContaining('设为文本') as string })
  })
  test('the same name twice: refused when no code tells the two apart', async () => {
    const rows = [
      ['甲店', '/', '景坑村', '13286574106'],
      ['甲店', '无', '金东村', '13286574107'],
      ['乙店', code(1), '景坑村', ''],
      ['乙店', code(2), '景坑村', ''],
      ['乙店', '', '景坑村', '13286574108'],
    ]
    expect(told(await enterprises([['单位名称', '信用代码', '村', '电话'], ...rows]))).toEqual([
      [2, 'created'],
      [3, 'name'],
      [4, 'created'],
      [5, 'created'],
      [6, 'name'],
    ])
  })
  test('an uncalculated formula and an error value are refused, a calculated one is read', async () => {
    const cells = new Map([
      ['1,1', { formula: 'B9', value: null }],
      ['2,1', { formula: 'B9', formulaResult: '金东村', value: '金东村' }],
    ])
    const verdicts = await enterprises(
      [
        ['单位名称', '村', '电话'],
        ['甲店', null, '13286574106'],
        ['乙店', '金东村', '13286574106'],
        ['丙店', '#REF!', '13286574106'],
      ],
      { cells: cells as never },
    )
    expect(told(verdicts)).toEqual([
      [2, 'village'],
      [3, 'created'],
      [4, 'village'],
    ])
    expect(verdicts[0]!.message).toContain('没有算出结果的公式')
  })

  test('is refused as a whole when a needed column is missing, naming it and what is there', async () => {
    expect(
      await words(
        enterprises([
          ['企业名称', '信用代码', '电话'],
          ['甲厂', code(1), '13286574106'],
        ]),
      ),
    ).toBe('工作表“Sheet1”第 1 行的表头缺少“所属村”列。现有的列：企业名称、信用代码、电话')
    expect(await words(enterprises([['今天天气很好'], ['明天下雨']]))).toContain('没有找到企业台账的表头')
    expect(await words(enterprises([['企业名称', '村', '电话']]))).toContain('下面没有数据')
  })
})

describe('a hazard ledger of another office', () => {
  const [jia, yi, bing] = [
    { id: 'jia', name: '安溪县金谷甲茶厂', uscc: code(1), division: '350524106208', station: 'INDUSTRY_STATION' },
    { id: 'yi', name: '安溪县金谷乙餐馆（总店）', uscc: code(2), division: '350524106201', station: 'MARKET_STATION' },
    { id: 'bing', name: '安溪县金谷丙石材厂', uscc: null, division: '350524106204', station: null },
  ]
  const directory = new Directory([jia!, yi!, bing!])
  const judge = async (rows: CellValue[][], more: Partial<WriteSheet> = {}) => {
    const table = findTable(await book({ name: '隐患', rows, ...more }), HAZARD_LEDGER)
    const context = { places: jingu, directory, today: '2023-12-31', year: yearOf(table.title) }
    return judgeHazards(
      table.rows.map((row) => readHazard(row, context)),
      new Map(),
    )
  }
  const HEAD = [
    '编号',
    '受检企业',
    '存在的问题',
    '检查时间',
    '检查部门',
    '检查方式',
    '部位（地点）',
    '四要素',
    '级别',
    '限改日期',
    '整改情况',
    '整改完成时间',
    '验收人',
    '验收时间',
  ]

  test('is read with merged names, ditto marks, days without a year, words for deadlines and stages', async () => {
    const verdicts = await judge(
      [
        ['2023年度安全隐患排查整治台账（金谷镇）'],
        HEAD,
        [1, jia!.name, '配电箱无盖', '3月5日', '景坑村', '日常巡查', '车间', '物的不安全状态', '一般隐患', '立即整改', '已整改', '3月5日', '林某', '3月6日'],
        [2, null, '通道堵塞', '3月5日', '同上', '同上', '仓库\n东侧', '环境因素', '一般', '7日内', '未整改', '', '', ''],
        [
          3,
          '安溪县金谷乙餐馆(总店)',
          '气瓶与灶台同室',
          new Date('2023-06-01'),
          '镇安办',
          '执法检查',
          '后厨',
          '',
          '重大',
          45084,
          '已整改',
          new Date('2023-06-05'),
          '',
          '',
        ],
        [4, '安溪县金谷丙石材长', '无护栏', '2023.6.1', '企业自查', '', '', '管理缺陷', '', '2023.6.10', '整改中', '', '', ''],
        [5, '安溪县金谷丙石材厂', '锯片无罩', '2024.1.1', '第三方服务机构', '', '锯台', '物', '较大', '2024.1.10', '整改中', '', '', ''],
        [6, '安溪县金谷丙石材厂', '锯片无罩', '2023.8.1', '第三方服务机构', '专家会诊', '锯台', '物', '一般', '', '待整改', '', '', ''],
        [7, '安溪县金谷丙石材厂', '粉尘未清', '2023.8.1', '', '', '锯台', '物', '一般', '2023.8.9', '已销号', '2023.8.5', '林某', '2023.8.4'],
        [8, jia!.name, '配电箱 无盖。', '2023-03-05', '景坑村', '', '车 间', '物', '一般', '2023.3.9', '整改中', '', '', ''],
        [9, jia!.name, '电线私拉', '2023-03-06', '景坑村', '', '宿舍', '物', '一般', '2023.3.9', '合格', '', '林某', ''],
        ['共8条', null, null, null, null, null, null, null, null, null, null, null, null, null],
        ['审核：', null, null, '填表：'],
      ],
      { merges: [merge(0, 0, 0, 13), merge(2, 1, 3, 1)] },
    )
    expect(told(verdicts)).toEqual([
      [3, 'created'],
      [4, 'created'],
      [5, 'created'],
      [6, 'enterprise'],
      [7, 'foundOn'],
      [8, 'deadline'],
      [9, 'reviewedOn'],
      [10, 'description'],
      [11, 'status'],
    ])
    const [first, second, third] = verdicts.filter(isAccepted).map((v) => v.facts)
    expect(first).toMatchObject({
      enterprise: 'jia',
      stage: 'CLOSED',
      foundOn: '2023-03-05',
      dueOn: '2023-03-05',
      manageType: 'IMMEDIATE',
      reviewedOn: '2023-03-06',
      reviewer: '林某',
      source: 'GRID_PATROL',
      foundByRole: 'VILLAGE',
      factor: 'OBJECT',
    })
    expect(second).toMatchObject({ enterprise: 'jia', stage: 'NOTIFIED', dueOn: '2023-03-12', foundByUnit: '景坑村', place: '仓库东侧', factor: 'ENVIRONMENT' })
    expect(third).toMatchObject({
      enterprise: 'yi',
      stage: 'PENDING_REVIEW',
      foundOn: '2023-06-01',
      dueOn: '2023-06-07',
      source: 'ENFORCEMENT',
      foundByRole: 'TOWN_OFFICE',
      severity: 'MAJOR',
    })
    expect(verdicts[2]!.message).toContain('没有四要素，按“物”登记')
    expect(verdicts[3]).toMatchObject({ suggestion: '安溪县金谷丙石材厂' })
    expect(verdicts[4]!.also!.map((fault) => fault.field)).toEqual(['severity'])
    expect(verdicts[7]!.message).toContain('与第 3 行是同一条隐患')
  })

  test('asks the clerk when code and name belong to two enterprises, and takes the code when only the name is unknown', async () => {
    const rows = [
      [jia!.name, code(2), '甲', '2023-03-05', '2023-03-09'],
      ['甲茶厂（旧名）', code(1), '乙', '2023-03-05', '2023-03-09'],
      [jia!.name, code(9), '丙', '2023-03-05', '2023-03-09'],
      [jia!.name, `${code(1).slice(0, 17)}0`, '丁', '2023-03-05', '2023-03-09'],
      ['', code(1), '戊', '2023-03-05', '2023-03-09'],
      ['', '', '己', '2023-03-05', '2023-03-09'],
      [bing!.name, code(8), '庚', '2023-03-05', '2023-03-09'],
    ]
    const verdicts = await judge([['单位', '信用代码', '问题', '发现日期', '时限'], ...rows])
    expect(told(verdicts)).toEqual([
      [2, 'enterprise'],
      [3, 'created'],
      [4, 'enterprise'],
      [5, 'created'],
      [6, 'created'],
      [7, 'enterprise'],
      [8, 'created'],
    ])
    expect(verdicts[1]!.message).toContain('按代码登记')
    expect(verdicts[3]!.message).toContain('按单位名称登记')
  })

  test('without a status column the days tell where a hazard stands', async () => {
    const rows = [
      ['配电箱', '2023-03-01', '2023-03-09', '2023-03-05', '2023-03-06'],
      ['通道', '2023-03-01', '2023-03-09', '2023-03-05', ''],
      ['气瓶', '2023-03-01', '2023-03-09', '', ''],
    ]
    const verdicts = await judge([['企业名称', '隐患内容', '排查日期', '完成时限', '整改日期', '复查时间'], ...rows.map((row) => [jia!.name, ...row])])
    expect(verdicts.filter(isAccepted).map((v) => v.facts.stage)).toEqual(['CLOSED', 'PENDING_REVIEW', 'NOTIFIED'])
  })

  test('is refused as a whole when it has no column for the day, the description or the enterprise', async () => {
    expect(
      await words(
        judge([
          ['企业名称', '整改期限', '状态'],
          [jia!.name, '2023-03-09', '整改中'],
        ]),
      ),
    ).toContain('缺少“隐患描述”、“检查日期”列')
    expect(
      await words(
        judge([
          ['隐患内容', '检查日期', '状态'],
          ['气瓶', '2023-03-09', '整改中'],
        ]),
      ),
    ).toContain('缺少“被检查单位”或“统一社会信用代码”列')
  })
})
