import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { raw, type Sql } from '../shared/read/sql.js'

/** 三张清单覆盖率 (domain.md §8): active enterprises with a list at each level that applies to them. */
type Condition = (at: string) => Sql

const has = (at: string, level: string) => `exists (select 1 from checklist c where c.enterprise_id = ${at}.id and c.ended_on is null and c.level = '${level}')`
/** A level applies where there is a part of that level: an enterprise without posts owes no cards. */
const owes = (at: string, table: string) => `exists (select 1 from ${table} p where p.enterprise_id = ${at}.id and p.ended_on is null)`
const inScope: Condition = (at) => raw(`${at}.closed_on is null`)
const unit: Condition = (at) => raw(`${at}.closed_on is null and ${has(at, 'UNIT')}`)
const some: Condition = (at) => raw(`${at}.closed_on is null and (${['UNIT', 'WORKSHOP', 'POST'].map((level) => has(at, level)).join(' or ')})`)
const covered: Condition = (at) =>
  raw(
    `${at}.closed_on is null and ${has(at, 'UNIT')} and (not ${owes(at, 'workshop')} or ${has(at, 'WORKSHOP')}) and (not ${owes(at, 'post')} or ${has(at, 'POST')})`,
  )

const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at) => countIf(of(at)) })

defineFigures(Enterprise, [
  number('checklistScope', '应编制三张清单的企业', inScope),
  number('checklistStarted', '已着手编制三张清单的企业', some),
  number('checklistUnit', '已编制单位检查清单的企业', unit),
  number('checklistCovered', '三张清单齐全的企业', covered),
  { name: 'checklistRate', label: '三张清单覆盖率', kind: 'rate', of: (at) => percentSql(countIf(covered(at)), countIf(inScope(at))) },
])

const live: Condition = (at) => raw(`${at}.ended_on is null`)
const ofTemplate: Condition = (at) => raw(`${at}.ended_on is null and ${at}.template_id is not null`)
/** Of a version that a newer one has replaced. */
const behind: Condition = (at) =>
  raw(`${at}.ended_on is null and exists (select 1 from template m join norm n on n.id = m.norm_id where m.id = ${at}.template_id and n.status = 'SUPERSEDED')`)
defineFigures(Checklist, [
  number('inUse', '在用清单', live),
  number('behind', '待升级清单', behind),
  {
    name: 'currentRate',
    label: '现行版清单占比',
    kind: 'rate',
    of: (at) => percentSql(countIf(raw(`${ofTemplate(at).sql} and not (${behind(at).sql})`)), countIf(ofTemplate(at))),
  },
])

const checked: Condition = (at) => raw(`${at}.dropped_on is null`)
defineFigures(ChecklistItem, [
  number('checked', '在用检查项', checked),
  number('own', '企业增补项', (at) => raw(`${checked(at).sql} and ${at}.origin_id is null`)),
  number('rewordedItems', '企业改写项', (at) => raw(`${checked(at).sql} and ${at}.reworded = true`)),
  number('droppedByOwn', '企业删减项', (at) => raw(`${at}.drop_cause = 'OWN'`)),
])
