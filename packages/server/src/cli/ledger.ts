import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.js'
import { importLedger, type Progress } from '../ledger/importLedger.js'
import type { LedgerKind } from '../ledger/ledger.js'
import { refusedFile } from '../ledger/refusedFile.js'
import type { LedgerReport } from '../ledger/report.js'
import { templateFile } from '../ledger/template.js'
import { whoImports } from '../ledger/whoImports.js'
import { prepareTown } from '../seed/prepareTown.js'
import { Refusal } from '../shared/refusal.js'
import { openStore } from '../store.js'

/** `ledger enterprises|hazards FILE.xlsx`: the same import as in the app. */
const USAGE = `用法：npx pnpm ledger enterprises|hazards 文件.xlsx [选项]

  --dry-run          只看每行的结论，不写入
  --skip-refused     有退回的行时，只写入可以接收的行（不加则一行也不写）
  --json             输出 JSON
  --sheet 名称       读指定的工作表（默认读最像台账的一张）
  --as 用户名        以哪个镇安办账号导入（默认为台账所属乡镇的镇安办）
  --refused 文件     把退回的行连同原因另存为 .xlsx
  --template 文件    另存一份空白模板（不导入）

有退回的行时退出码为 1。`

const { values, positionals } = read()
const [kind, path] = positionals
if (values.help || (kind !== 'enterprises' && kind !== 'hazards') || (!path && !values.template)) {
  console.error(USAGE)
  process.exit(values.help ? 0 : 2)
}
try {
  process.exitCode = await go(kind)
} catch (error) {
  const known = error instanceof Refusal || (error as Error).name === 'WrongSetting' || (error as NodeJS.ErrnoException).code === 'ENOENT'
  if (values.json && error instanceof Refusal) console.log(JSON.stringify({ code: error.code, message: error.message, ...error.params }))
  console.error(known ? (error as Error).message : error)
  process.exitCode = 2
}

async function go(kind: LedgerKind): Promise<number> {
  const bytes = path ? readFileSync(path) : undefined
  const config = readConfig(process.env)
  const store = await openStore(config)
  try {
    const accounts = await prepareTown(store, config)
    if (accounts) console.error(accounts)
    const now = new Date()
    const reading = { em: store.em(undefined), reader: store.reader, now }
    const { actor, town } = await whoImports(reading, kind, bytes, values.as, values.sheet)
    if (values.template) {
      writeFileSync(values.template, await templateFile(kind, reading, town))
      console.error(`模板已存为 ${values.template}`)
    }
    if (!bytes) return 0
    const acting = { ...reading, em: store.em(actor?.scope ?? { division: town }), actor, request: randomUUID() }
    const wish = { kind, bytes, fileName: basename(path!), town, sheet: values.sheet, dryRun: values['dry-run'], skipRefused: values['skip-refused'] }
    const report = await importLedger(acting, wish, values.json ? undefined : showProgress)
    if (values.refused && report.errors) writeFileSync(values.refused, await refusedFile(bytes, report))
    if (values.json) console.log(JSON.stringify(report))
    else show(report)
    return report.errors ? 1 : 0
  } finally {
    await store.close()
  }
}

function read() {
  try {
    const text = { type: 'string' } as const
    const flag = { type: 'boolean', default: false } as const
    return parseArgs({
      allowPositionals: true,
      options: { 'dry-run': flag, 'skip-refused': flag, json: flag, help: flag, sheet: text, as: text, template: text, refused: text },
    })
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}

function showProgress({ phase, done, total }: Progress): void {
  if (!process.stderr.isTTY) return
  const words = { READING: '读取文件', JUDGING: '逐行检查', WRITING: '写入' }
  process.stderr.write(`\r${words[phase]}${total ? ` ${done}/${total}` : ''}   `)
}

function show(report: LedgerReport): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  const { sheet, headerRow, rows } = report
  console.log(
    `工作表“${sheet}”，第 ${headerRow} 行是表头：${report.columns.map(({ label, header }) => (label === header ? label : `${header}→${label}`)).join('、')}`,
  )
  if (report.ignoredColumns.length) console.log(`没有用到的列：${report.ignoredColumns.join('、')}`)
  if (report.otherSheets.length) console.log(`没有读的工作表：${report.otherSheets.join('、')}（用 --sheet 指定）`)
  for (const row of rows.filter((one) => one.outcome === 'error')) {
    console.log(`第 ${row.row} 行 退回  ${row.message}`)
    for (const fault of row.also ?? []) console.log(`          另有  ${fault.message}`)
  }
  for (const row of rows.filter((one) => one.outcome !== 'error' && one.message)) console.log(`第 ${row.row} 行 提示  ${row.message}`)
  console.log(`新增 ${report.created}，更新 ${report.updated}，未变 ${report.unchanged}，退回 ${report.errors}`)
  if (report.written) console.log(report.errors ? '可以接收的行已写入，退回的行没有写入' : '已写入')
  else console.log(values['dry-run'] ? '以上是预览，没有写入' : '有退回的行，没有写入；改正后重新导入，或加 --skip-refused 只写入可以接收的行')
}
