import { Checklist, ChecklistItem } from '../checklist/checklist.entity.js'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { Post, Workshop } from '../enterprise/workshop.entity.js'
import type { ThingClass } from '../shared/datum.js'
import { countIf, defineFigures, type Figure, percentSql } from '../shared/read/figures.js'
import { hopSql, type Reading } from '../shared/read/reading.js'
import { someWith, sourceSql } from '../shared/read/source.js'
import { raw, sql, type Sql } from '../shared/read/sql.js'
import { inScope } from './riskFigures.js'
import { Template } from '../checklist/template.entity.js'
import { Norm } from '../standard/norm.entity.js'

/** 三张清单覆盖率 (domain.md §8): active enterprises with a list at each level that applies to them, of the lists and parts that the reader sees. */
type Condition = (at: string, reading: Reading) => Sql

const has = (at: string, level: string, reading: Reading): Sql =>
  someWith(
    raw(`${at}.id`),
    Checklist,
    raw('enterprise_id'),
    'fc',
    sql`${raw(`fc.ended_on is null and fc.level = '${level}'`)} and ${hopSql(Checklist, 'fc', reading)}`,
    reading,
  )
/** A level applies where there is a part of that level: an enterprise without posts owes no cards. */
const owes = (at: string, part: ThingClass, reading: Reading): Sql =>
  someWith(raw(`${at}.id`), part, raw('enterprise_id'), 'fp', sql`${raw('fp.ended_on is null')} and ${hopSql(part, 'fp', reading)}`, reading)
const unit: Condition = (at, reading) => sql`${inScope(at, reading)} and ${has(at, 'UNIT', reading)}`
const some: Condition = (at, reading) =>
  sql`${inScope(at, reading)} and (${has(at, 'UNIT', reading)} or ${has(at, 'WORKSHOP', reading)} or ${has(at, 'POST', reading)})`
export const listsComplete: Condition = (at, reading) =>
  sql`${unit(at, reading)} and (not ${owes(at, Workshop, reading)} or ${has(at, 'WORKSHOP', reading)}) and (not ${owes(at, Post, reading)} or ${has(at, 'POST', reading)})`

const number = (name: string, label: string, of: Condition): Figure => ({ name, label, kind: 'count', of: (at, reading) => countIf(of(at, reading)) })

defineFigures(Enterprise, [
  number('checklistScope', '应编制三张清单的企业', inScope),
  number('checklistStarted', '已着手编制三张清单的企业', some),
  number('checklistUnit', '已编制单位检查清单的企业', unit),
  number('checklistCovered', '三张清单齐全的企业', listsComplete),
  {
    ...{ name: 'checklistRate', label: '三张清单覆盖率', kind: 'rate' },
    of: (at, reading) => percentSql(countIf(listsComplete(at, reading)), countIf(inScope(at, reading))),
  },
])

type Own = (at: string) => Sql
const live: Own = (at) => raw(`${at}.ended_on is null`)
const ofTemplate: Own = (at) => raw(`${at}.ended_on is null and ${at}.template_id is not null`)
/** Of a version that a newer one has replaced. */
const behind: Condition = (at, reading) =>
  sql`${raw(at)}.ended_on is null and exists (select 1 from ${sourceSql(Template, reading)} m join ${sourceSql(Norm, reading)} n on n.id = m.norm_id where m.id = ${raw(at)}.template_id and n.status = 'SUPERSEDED')`
defineFigures(Checklist, [
  number('inUse', '在用清单', live),
  number('behind', '待升级清单', behind),
  {
    name: 'currentRate',
    label: '现行版清单占比',
    kind: 'rate',
    of: (at, reading) => percentSql(countIf(sql`${ofTemplate(at)} and not (${behind(at, reading)})`), countIf(ofTemplate(at))),
  },
])

const checked: Own = (at) => raw(`${at}.dropped_on is null`)
defineFigures(ChecklistItem, [
  number('checked', '在用检查项', checked),
  number('own', '企业增补项', (at) => raw(`${checked(at).sql} and ${at}.origin_id is null`)),
  number('rewordedItems', '企业改写项', (at) => raw(`${checked(at).sql} and ${at}.reworded = true`)),
  number('droppedByOwn', '企业删减项', (at) => raw(`${at}.drop_cause = 'OWN'`)),
])
