import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { raw, type Sql } from '../shared/read/sql.js'
import { Doubt, DoubtSample } from './doubt.entity.js'

type Condition = (at: string) => Sql
const on =
  (said: string): Condition =>
  (at) =>
    raw(said.replaceAll('#', at))
const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at) => countIf(of(at)) })
const rate = (name: string, label: string, num: Condition, den: Condition): Figure => ({
  ...{ name, label, kind: 'rate' },
  of: (at) => percentSql(countIf(num(at)), countIf(den(at))),
})

const doubtful = on('#.doubtful')
defineFigures(Doubt, [number('doubtful', '疑似敷衍', doubtful), rate('doubtRate', '疑似敷衍率', doubtful, on('1 = 1'))])

const looked = on('#.verdict is not null')
const perfunctory = on(`#.verdict = 'PERFUNCTORY'`)
/** 命中率 says whether the rules are right; 漏判率, of those drawn by lot, what they overlook. */
defineFigures(DoubtSample, [
  number('looked', '已核查', looked),
  number('waiting', '待核查', on('#.verdict is null')),
  number('perfunctory', '确属敷衍', perfunctory),
  rate('lookedRate', '核查完成率', looked, on('1 = 1')),
  rate('hitRate', '命中率（疑似的）', on(`#.verdict = 'PERFUNCTORY' and #.cause = 'DOUBTFUL'`), on(`#.verdict is not null and #.cause = 'DOUBTFUL'`)),
  rate('overlookedRate', '漏判率（随机的）', on(`#.verdict = 'PERFUNCTORY' and #.cause = 'RANDOM'`), on(`#.verdict is not null and #.cause = 'RANDOM'`)),
])
