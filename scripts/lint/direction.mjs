import { posix, relative, sep } from 'node:path'

/** `shared ← domain ← statistics, ledger ← board ← app`: an import against that direction, or past a domain's door, is an error. */
export const direction = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      upward: '{{from}} must not know {{to}}: imports go shared ← domain ← statistics/ledger ← board ← app.',
      door: '{{from}} reaches another domain only {{wording}}, not through {{to}}.',
    },
  },
  create(context) {
    const { root, ranks, files, doors, wording } = context.options[0]
    const own = relative(root, context.filename).split(sep).join('/')
    if (own.startsWith('..')) return {}

    function folderOf(path) {
      const [first, ...rest] = path.split('/')
      return rest.length ? first : (files[bare(first)] ?? '.')
    }
    const rankOf = (folder) => ranks[folder] ?? ranks['*']

    function judge(source) {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return
      const target = posix.join(posix.dirname(own), source.value)
      if (target.startsWith('..')) return
      const [from, to] = [folderOf(own), folderOf(target)]
      if (from === to || rankOf(to) < rankOf(from)) return
      if (rankOf(to) > rankOf(from)) context.report({ node: source, messageId: 'upward', data: { from: own, to: target } })
      else if (rankOf(from) === ranks['*'] && !doors.test(bare(target)))
        context.report({ node: source, messageId: 'door', data: { from: own, to: target, wording } })
    }
    return {
      ImportDeclaration: (node) => judge(node.source),
      ImportExpression: (node) => judge(node.source),
      ExportNamedDeclaration: (node) => judge(node.source),
      ExportAllDeclaration: (node) => judge(node.source),
    }
  },
}

const bare = (path) => path.replace(/\.[jt]s$/, '')
