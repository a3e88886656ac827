import { Phase } from '../campaign/phase.entity.js'
import type { Chronicle } from './chronicle.js'
import type { Person } from '../person/person.entity.js'
import type { Day } from '../shared/days.js'
import { Random } from './random.js'

/** The four phases as the plan's 三、实施步骤 ends them: end of February, of March, of October, of December. */
const PHASES = [
  ['前期准备', '01-01', '03-01'],
  ['标杆提升', '03-01', '04-01'],
  ['全面推进', '04-01', '11-01'],
  ['总结完善', '11-01', '01-01'],
] as const

/** The campaign of each year from `first` to `last`. */
export function phases(chronicle: Chronicle, by: Person, at: Date, first: Day, last: Day): void {
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++)
    PHASES.forEach(([name, from, until], i) => {
      const ends = new Date(Date.parse(`${until === '01-01' ? year + 1 : year}-${until}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
      const facts = { campaign: `安全生产标准化提升专项行动（${year} 年）`, position: i + 1, name, startsOn: `${year}-${from}`, endsOn: ends }
      chronicle.add(Object.assign(new Phase(), { id: new Random(`phase ${year} ${i}`).id(at.getTime()) }, facts), { act: 'phaseSet', by: by.asActor(), at })
    })
}
