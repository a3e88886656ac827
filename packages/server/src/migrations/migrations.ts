import { readdirSync, readFileSync } from 'node:fs'
import { Migration } from '@mikro-orm/migrations'
import type { Engine } from '../shared/read/reader.js'

const FOLDER = new URL('../../migrations/', import.meta.url)

/**
 * Every migration of an engine in its order: files `0001-name.sqlite.sql`, one statement to a line-ending semicolon.
 * Plain SQL, so that a reviewer reads what will run; the check compares their outcome with the entities.
 */
export function migrationsFor(engine: Engine): { name: string; class: new (...args: ConstructorParameters<typeof Migration>) => Migration }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(`.${engine}.sql`))
    .sort()
    .map((file) => {
      const statements = readFileSync(new URL(file, FOLDER), 'utf8')
        .split(/;\s*\n/)
        .map((one) => one.trim().replace(/;$/, ''))
        .filter(Boolean)
      return {
        name: file.replace(`.${engine}.sql`, ''),
        class: class extends Migration {
          override up(): void {
            for (const statement of statements) this.addSql(statement)
          }
        },
      }
    })
}
