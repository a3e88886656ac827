import { readFileSync } from 'node:fs'
import { ref } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { CodeItem, type CodeItemFacts, CodeList } from '../standard/codeList.entity.js'
import { Random } from './random.js'

type ListRow = Pick<CodeList, 'code' | 'name' | 'edition' | 'unsure' | 'validFrom' | 'validTo' | 'source'> & {
  items: Omit<CodeItemFacts, 'id' | 'version' | 'createdAt'>[]
}

/** The code lists that every store begins with; an edition that is there is the office's own and left alone. */
export async function newCodeLists(em: SqlEntityManager, createdAt: string): Promise<(CodeList | CodeItem)[]> {
  const known = new Set((await em.findAll(CodeList)).map(({ code, edition }) => `${code}/${edition}`))
  const rows = JSON.parse(readFileSync(new URL('../../content/code-lists.json', import.meta.url), 'utf8')) as ListRow[]
  return rows
    .filter(({ code, edition }) => !known.has(`${code}/${edition}`))
    .flatMap(({ items, ...facts }) => {
      const random = new Random(`code list ${facts.code} ${facts.edition}`)
      const id = () => random.id(Date.parse(createdAt))
      const list = Object.assign(new CodeList(), { id: id(), createdAt }, facts)
      return [list, ...items.map((item, i) => Object.assign(new CodeItem(), { id: id(), createdAt, list: ref(list), seq: i + 1, active: true }, item))]
    })
}
