import { Text, Thing } from '../shared/datum.js'
import { Recorded } from '../shared/recorded.entity.js'

/** A rule's number that the field leaves open (domain.md tags GK and D): data that an admin changes, with the change in the log. */
@Thing('规则参数', { table: 'setting', scope: 'open' })
export class Setting extends Recorded {
  @Text('参数', { max: 60, unique: true }) key!: string
  @Text('值', { max: 60 }) value!: string
}
