import type { PlainRow } from '../shared/read/reader.js'
import { Person } from './person.entity.js'

/** An account read as a plain row: its rules are there, the store does not watch it. */
export function personOf(row: PlainRow): Person {
  const person = Object.create(Person.prototype) as Person
  const value = (key: string) => (row[key] == null ? undefined : row[key])
  return Object.assign(person, {
    id: row['id'],
    name: row['name'],
    role: row['role'],
    division: row['division'],
    station: value('station'),
    enterprise: value('enterprise'),
    workshop: value('workshop'),
    mustChangePassword: !!row['must'],
  })
}
