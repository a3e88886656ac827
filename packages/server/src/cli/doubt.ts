import { halfOf, labelledSet, type Measured, measure } from '../doubt/measure.js'
import { shippedDoubtRules } from '../doubt/rules.js'

/** `doubt [--wrong] [--json]`: how well the rules for perfunctory entries do on the labelled set; the test half was not looked at when they were set. */
const set = labelledSet()
const rules = shippedDoubtRules()
const all = (['tuning', 'test', 'fresh'] as const).map((half) => measure(set, half, rules))
const rate = (value: number | null) => (value === null ? '—' : `${value.toFixed(1)}%`)
const NAME = { tuning: '调参的一半', test: '测试的一半', fresh: '定稿后另写的' }
const line = ({ half, entries, perfunctory, hit, falseAlarm, missed, quiet, precision, recall }: Measured) =>
  `${NAME[half]}：${entries} 条，其中敷衍 ${perfunctory} 条；判中 ${hit}，误判 ${falseAlarm}，漏判 ${missed}，正确放过 ${quiet}；准确率 ${rate(precision)}，召回率 ${rate(recall)}`
if (process.argv.includes('--json')) console.log(JSON.stringify(all.map(({ wrong: _wrong, ...figures }) => figures)))
else {
  console.log(
    `标注集 ${set.length} 条（按编号的哈希分成两半：调参 ${set.filter((one) => halfOf(one) === 'tuning').length}，测试 ${set.filter((one) => halfOf(one) === 'test').length}；规则定稿后另写 ${set.filter((one) => halfOf(one) === 'fresh').length}）`,
  )
  for (const measured of all) console.log(line(measured))
}
if (process.argv.includes('--wrong'))
  for (const { wrong } of all.filter(({ half }) => half === 'tuning' || process.argv.includes('--test')))
    for (const { entry, judged } of wrong)
      console.log(`${entry.id} ${entry.perfunctory ? '漏判' : '误判'} ${judged.score} 分 “${entry.text}” ${judged.reasons.map(({ said }) => said).join('；')}`)
