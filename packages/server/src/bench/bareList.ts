import type { PlainRow } from '../shared/read/reader.js'

/** The list by hand: one statement, one map. No rights, no scope, no graph. */
export const BARE_LIST = `select h.id, h.number, h.description, h.place, h.stage, h.severity, h.found_on, h.due_on, e.id as e_id, e.name as e_name
  from hazard h left join enterprise e on e.id = h.enterprise_id order by h.found_on desc, h.id desc limit ?`

/** The whole list for a spreadsheet. */
export const BARE_EXPORT = `select h.number, h.description, h.place, h.stage, h.severity, h.found_on, h.due_on, e.name as e_name
  from hazard h left join enterprise e on e.id = h.enterprise_id order by h.found_on desc, h.id desc`

export const nested = (row: PlainRow) => ({
  id: row['id'],
  number: row['number'],
  description: row['description'],
  place: row['place'],
  stage: row['stage'],
  severity: row['severity'],
  foundOn: row['found_on'],
  dueOn: row['due_on'],
  enterprise: row['e_id'] == null ? null : { id: row['e_id'], name: row['e_name'] },
})
