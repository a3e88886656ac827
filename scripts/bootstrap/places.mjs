import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const at = (...parts) => join(root, ...parts)
export const server = at('packages', 'server')
export const web = at('packages', 'web')
/** What the scripts remember of earlier runs; gone with node_modules. */
export const cache = at('node_modules', '.cache', 'anbiao')
/** The Node that everything runs on, whatever started the script. */
export const node = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
