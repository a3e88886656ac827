import { openFiles } from '../attachment/openFiles.js'
import { restore } from '../backup/restore.js'
import { readConfig } from '../config.js'
import { Refusal } from '../shared/refusal.js'

/** `restore FILE [--replace]`: brings a backup back, on either engine, after checking all of it. */
const USAGE = `用法：npx pnpm restore 文件 [--replace]

把备份恢复到 DATA_DIR（或 DATABASE_URL）。先检查备份是否完整、日志链是否连续、附件是否齐全，全部通过才写入。
已有数据的库不会被覆盖；加 --replace 才替换，替换前请先停止程序。`

const given = process.argv.slice(2)
const [path, ...others] = given.filter((one) => one !== '--replace')
if (!path || others.length || path.startsWith('-')) {
  console.error(USAGE)
  process.exit(path === '--help' ? 0 : 2)
}
try {
  const config = readConfig(process.env)
  const done = await restore(config, openFiles(config).files, path, { replace: given.includes('--replace') }, (line) => console.error(line))
  console.log(`恢复完成：${done.rows} 行，附件 ${done.files} 个（备份于 ${done.at}）`)
  if (done.kept) console.log(`原来的数据库保存在 ${done.kept}，确认无误后可以删除`)
  if (done.missing.length) console.error(`有 ${done.missing.length} 个附件在备份时就已丢失：\n${done.missing.join('\n')}`)
} catch (error) {
  console.error(error instanceof Refusal || (error as Error).name === 'WrongSetting' ? (error as Error).message : error)
  process.exitCode = 1
}
