import { openFiles } from '../attachment/openFiles.js'
import { backup } from '../backup/backup.js'
import { readConfig } from '../config.js'
import { Refusal } from '../shared/refusal.js'

/** `backup FILE`: database and attachments in one file, while the program runs. */
const USAGE = `用法：npx pnpm backup 文件

把数据库和全部附件写进一个文件（tar），程序可以照常运行。
备份里有账号、电话和口令的散列，请妥善保管。`

const [path] = process.argv.slice(2)
if (!path || path.startsWith('-')) {
  console.error(USAGE)
  process.exit(path === '--help' ? 0 : 2)
}
try {
  const config = readConfig(process.env)
  console.error(`正在备份 ${config.databaseUrl ? 'PostgreSQL 数据库' : config.dataDir}`)
  const made = await backup(config, openFiles(config).files, path, (line) => console.error(line))
  console.log(`备份完成：${path}，${made.rows} 行，附件 ${made.files} 个，${(made.bytes / 1_048_576).toFixed(1)} MB`)
  if (made.missing.length) {
    console.error(`有 ${made.missing.length} 个附件丢失或损坏，不在备份里：\n${made.missing.join('\n')}`)
    process.exitCode = 3
  }
} catch (error) {
  console.error(error instanceof Refusal || (error as Error).name === 'WrongSetting' ? (error as Error).message : error)
  process.exitCode = 1
}
