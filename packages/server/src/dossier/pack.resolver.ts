import type { SqlEntityManager } from '@mikro-orm/sql'
import { v7 as uuid } from 'uuid'
import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver, ID } from 'type-graphql'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context, SignedIn } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import { type DataRow, entryOf } from '../shared/entry.js'
import { insertRows } from '../shared/insertRows.js'
import type { ListField } from '../shared/read/listField.js'
import { conflict, notFound, Refusal } from '../shared/refusal.js'
import { READERS, signedIn } from '../shared/signedIn.js'
import { type Column, SHEETS } from './packCells.js'
import { ExportMapping, ExportPack, ExportPackRow, MappingFacts, PackSheet, PackVerdict, ReceiptLine, SHEET_NAMES } from './pack.entity.js'
import { type Line, linesNow, sentBefore } from './packRows.js'
import { packer } from './rights.js'

const reader = (context: Context) => signedIn(context, 'ADMIN', 'TOWN_OFFICE', 'STATION')
export const EXPORT_MAPPINGS: ListField = {
  ...{ name: 'exportMappings', target: ExportMapping, description: '市平台导出字段对照', who: (context: Context) => signedIn(context, ...READERS) },
  fallback: [{ field: 'sheet' }, { field: 'position' }],
}
export const EXPORT_PACKS: ListField = {
  ...{ name: 'exportPacks', target: ExportPack, description: '市平台导出包', who: reader },
  fallback: [{ field: 'createdAt', dir: 'DESC' }],
}
export const EXPORT_PACK_ROWS: ListField = {
  ...{ name: 'exportPackRows', target: ExportPackRow, description: '导出包的行与平台回执；未回执即“这里有、平台没有”', who: reader },
  fallback: [{ field: 'sheet' }, { field: 'record' }],
}
export const RECEIPT_LINES: ListField = {
  ...{ name: 'receiptLines', target: ReceiptLine, description: '平台回执的行；对不上的即“平台有、这里没有”', who: reader },
  fallback: [{ field: 'line' }],
}

@ObjectType({ description: '可以导出的字段', simpleResolvers: true })
class ExportCode {
  @Field(() => PackSheet) sheet!: PackSheet
  @Field(() => String, { description: '字段代码' }) code!: string
  @Field(() => String, { description: '名称' }) label!: string
}

@Resolver()
export class PackResolver {
  @Query(() => [ExportCode], { description: '可以对照导出的字段' })
  exportCodes(@Ctx() context: Context): ExportCode[] {
    reader(context)
    return Object.values(PackSheet).flatMap((sheet) => Object.entries(SHEETS[sheet].codes).map(([code, { label }]) => ({ sheet, code, label })))
  }

  @Mutation(() => ExportMapping, { description: '新增或修改一列的对照' })
  exportMappingSet(
    @Ctx() context: Context,
    @Arg('facts', () => MappingFacts as never) facts: MappingFacts,
    @Arg('version', () => Int, { defaultValue: 0 }) version: number,
  ): Promise<ExportMapping> {
    const ctx = entitled(context, Capability.REFERENCE)
    return act(ctx, 'exportMappingSet', async ({ em }) => {
      const { sheet, format, position, active } = facts
      const code = facts.code.trim()
      if (!(code in SHEETS[sheet].codes))
        throw new Refusal('EXPORT_CODE', `“${SHEET_NAMES[sheet]}”可用的字段：${Object.keys(SHEETS[sheet].codes).join('、')}`, { field: 'code' })
      const title = facts.title.trim()
      if (!title) throw new Refusal('MISSING', '请填写平台列名', { field: 'title' })
      const mapping = (await em.findOne(ExportMapping, { sheet, code })) ?? Object.assign(new ExportMapping(), { sheet, code, createdAt: instant(ctx.now) })
      if ((mapping.version ?? 0) !== version) throw conflict()
      Object.assign(mapping, { title, format, position, active })
      em.persist(mapping)
      return mapping
    })
  }

  @Mutation(() => ExportPack, { description: '生成导出包：上次之后有变化的行（或全部），连同资料文件' })
  exportPackMake(
    @Ctx() context: Context,
    @Arg('whole', () => Boolean, { defaultValue: false, description: '全部，不只增量' }) whole: boolean,
  ): Promise<ExportPack> {
    const ctx = packer(context)
    return act(ctx, 'exportPackMake', async ({ em, log }) => {
      const columns = await mappedColumns(em)
      if (!columns.size) throw new Refusal('MAPPING_MISSING', '还没有导出字段对照，请先设置')
      const sent = whole ? new Map<string, never>() : await sentBefore(ctx)
      const pack = Object.assign(new ExportPack(), {
        ...{ division: ctx.actor.scope.division, whole, madeBy: ctx.actor.id, madeByName: ctx.actor.name, rowCount: 0, fileCount: 0 },
        ...{ number: `DB-${dayOf(ctx.now).replaceAll('-', '')}-${uuid().slice(-6).toUpperCase()}`, createdAt: instant(ctx.now) },
        ...(ctx.actor.scope.station ? { station: ctx.actor.scope.station } : {}),
      })
      let rows: Line[] = []
      const files = async () => {
        const ids = rows.filter(({ sheet, live }) => sheet === PackSheet.DOCUMENT && live).map(({ record }) => record)
        if (ids.length) pack.fileCount += await countFiles(ctx, ids)
      }
      em.persist(pack)
      await em.flush()
      for await (const line of linesNow(ctx, columns)) {
        const before = sent.get(line.record)
        if (before ? before.digest === line.digest && !before.refused : !line.live) continue
        rows.push(line)
        pack.rowCount++
        if (rows.length < 500) continue
        await files()
        log(await keepRows(em, pack, rows))
        rows = []
      }
      await files()
      log(await keepRows(em, pack, rows))
      return pack
    })
  }

  @Query(() => ExportPack, { description: '一个导出包' })
  async exportPack(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<ExportPack> {
    const { em } = reader(context)
    const pack = await em.findOne(ExportPack, { id })
    if (!pack) throw notFound('导出包')
    return pack
  }
}

/** The columns in use, sheet by sheet, in the order of the platform. */
export async function mappedColumns(em: SqlEntityManager): Promise<Map<PackSheet, Column[]>> {
  const mappings = await em.find(ExportMapping, { active: true }, { orderBy: { position: 'asc', code: 'asc' } })
  const order = Object.values(PackSheet)
  return new Map(order.flatMap((sheet) => [[sheet, mappings.filter((one) => one.sheet === sheet)] as const]).filter(([, columns]) => columns.length))
}

async function countFiles({ reader }: SignedIn, ids: readonly string[]): Promise<number> {
  const [row] = await reader.all(
    `select count(*) as n from attachment where of_thing = 'DossierDocument' and of_record in (${ids.map(() => '?').join(', ')})`,
    ids,
  )
  return Number(row!['n'])
}

const COLUMNS = [
  'id',
  'version',
  'created_at',
  'pack_id',
  'enterprise_id',
  'division',
  'station',
  'sheet',
  'record',
  'summary',
  'cells',
  'digest',
  'verdict',
] as const

async function keepRows(em: SqlEntityManager, pack: ExportPack, rows: readonly Line[]) {
  const made = rows.map((line) => ({
    ...{ id: uuid(), version: 1, createdAt: pack.createdAt, pack: pack.id, enterprise: line.enterprise, division: line.division, station: line.station },
    ...{ sheet: line.sheet, record: line.record, summary: line.summary, cells: JSON.stringify(line.cells), digest: line.digest, verdict: PackVerdict.PENDING },
  }))
  await insertRows(
    em,
    'export_pack_row',
    COLUMNS,
    made.map(({ createdAt, pack, enterprise, ...row }) => ({ ...row, created_at: createdAt, pack_id: pack, enterprise_id: enterprise })),
  )
  return made.map((row) => entryOf(ExportPackRow, 'exportPackMake', undefined, row as DataRow)!)
}
