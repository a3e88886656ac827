import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const SMALLEST = 1024

/** Lays a .gz and a .br beside every built file: the server sends them as they are and never compresses while somebody waits. */
export function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    async writeBundle({ dir }) {
      const files = await readdir(dir ?? 'dist', { recursive: true })
      const texts = files.filter((file) => /\.(js|css|html|svg|json)$/.test(file)).map((file) => join(dir ?? 'dist', file))
      await Promise.all(texts.map(press))
    },
  }
}

async function press(file: string): Promise<void> {
  const content = await readFile(file)
  if (content.length < SMALLEST) return
  await Promise.all([
    promisify(gzip)(content, { level: 9 }).then((small) => writeFile(`${file}.gz`, small)),
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).then((small) => writeFile(`${file}.br`, small)),
  ])
}
