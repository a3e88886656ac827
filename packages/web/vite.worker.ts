import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** What must open without a network: the pages of a check, and the words they say. */
const PAGES = [/src\/inspection\/phone\/\w+Page\.vue/, /src\/i18n\/(zh|en)\//]
const SOURCE = join(import.meta.dirname, 'src', 'shared', 'worker.js')

interface Chunk {
  type: 'chunk'
  fileName: string
  isEntry: boolean
  imports: string[]
  moduleIds: string[]
  viteMetadata?: { importedCss: Set<string> }
}

/** Writes sw.js with the list of files those pages need; its name for the cache changes with any of them. */
export function worker(): Plugin {
  return {
    name: 'worker',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk') as unknown as Chunk[]
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
      const needed = new Set<string>()
      const take = (name: string): void => {
        const chunk = byName.get(name)
        if (!chunk || needed.has(name)) return
        needed.add(name)
        for (const css of chunk.viteMetadata?.importedCss ?? []) needed.add(css)
        chunk.imports.forEach(take)
      }
      for (const chunk of chunks)
        if (chunk.isEntry || chunk.moduleIds.some((id) => PAGES.some((page) => page.test(id.split('\\').join('/'))))) take(chunk.fileName)
      const files = [...needed].sort().map((name) => `/${name}`)
      const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
      const source = readFileSync(SOURCE, 'utf8').replace('__VERSION__', version).replace("['__FILES__']", JSON.stringify(files))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}
