import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CODE_LENGTH, Division } from '../division/division.entity.js'
import { act } from '../shared/act.js'
import { Capability, entitled } from '../shared/capability.js'
import type { Context } from '../shared/context.js'
import { dayOf, instant } from '../shared/days.js'
import type { ListField } from '../shared/read/listField.js'
import { notFound, Refusal } from '../shared/refusal.js'
import { inDivision } from '../shared/scope.js'
import { signedIn } from '../shared/signedIn.js'
import { BoardMap } from './boardMap.entity.js'
import { LOOKERS } from './lookers.js'
import { groupDigits, readNames } from './names.js'
import { readShapes, type Shape, type Sheet } from './shapes.js'

@ObjectType({ description: '看板地图：一个村（镇）', simpleResolvers: true })
class BoardShape {
  @Field(() => String) code!: string
  @Field(() => [String], { description: '各段轮廓：x,y x,y …' }) outlines!: string[]
}

@ObjectType({ description: '看板地图：画布和各村轮廓；没有换过地图则没有轮廓，画示意图', simpleResolvers: true })
class BoardSheet {
  @Field(() => Int) width!: number
  @Field(() => Int) height!: number
  @Field(() => [BoardShape]) shapes!: Shape[]
}

@ObjectType({ simpleResolvers: true })
class ReplacedMap {
  @Field(() => BoardMap) map!: BoardMap
  @Field(() => [String], { description: '文件里没有的村（镇）' }) missing!: string[]
}

export const BOARD_MAPS: ListField = {
  name: 'boardMaps',
  target: BoardMap,
  description: '我辖区内换过的看板地图',
  who: (context) => entitled(context, Capability.REFERENCE),
  fallback: [{ field: 'changedAt', dir: 'DESC' }],
}

/** A village's board looks at its town's map. */
const mapped = (division: string) => division.slice(0, CODE_LENGTH.TOWN)

/** 看板地图. */
@Resolver(() => BoardMap)
export class BoardMapResolver {
  @Query(() => BoardSheet, { description: '看板的地图' })
  async boardMap(@Ctx() context: Context): Promise<Sheet> {
    const { actor, reader } = signedIn(context, ...LOOKERS)
    const { division } = actor.scope
    const [row] = await reader.all('select shapes from board_map where division = ? order by changed_at desc limit 1', [mapped(division)])
    const sheet = JSON.parse((row?.['shapes'] as string | null | undefined) ?? '{"width":0,"height":0,"shapes":[]}') as Sheet
    return { ...sheet, shapes: sheet.shapes.filter(({ code }) => inDivision(code, division)) }
  }

  @Mutation(() => ReplacedMap, { description: '换上辖区的地图：GeoJSON，图形的 code 或 name 与村（县级为镇）相符' })
  async boardMapReplace(
    @Ctx() context: Context,
    @Arg('division', () => String, { description: '镇或县的区划代码' }) division: string,
    @Arg('geojson', () => String) geojson: string,
    @Arg('source', () => String, { nullable: true, description: '文件名' }) source?: string | null,
  ): Promise<ReplacedMap> {
    const ctx = entitled(context, Capability.REFERENCE)
    if (!inDivision(division, ctx.actor.scope.division) || ![CODE_LENGTH.COUNTY, CODE_LENGTH.TOWN].includes(division.length))
      throw new Refusal('DIVISION_UNKNOWN', '请选择您辖区内的区划', { field: 'division' })
    if (!(await ctx.em.findOne(Division, { code: division }))) throw new Refusal('DIVISION_UNKNOWN', '请选择您辖区内的区划', { field: 'division' })
    const { divisions } = await readNames(ctx.reader, { division }, dayOf(ctx.now), await groupDigits(ctx.reader, division))
    const { sheet, missing } = readShapes(geojson, divisions)
    const spots = sheet.shapes.flatMap(({ outlines }) => outlines).reduce((sum, outline) => sum + outline.split(' ').length, 0)
    const map = await act(ctx, 'boardMapReplace', async ({ em }) => {
      // Who replaces it at the same moment waits here, and then finds this one.
      await em.findOne(Division, { code: division }, { lockMode: LockMode.PESSIMISTIC_WRITE })
      const known = await em.findOne(BoardMap, { division }, { orderBy: { changedAt: 'desc' } })
      const map = known ?? Object.assign(new BoardMap(), { division, createdAt: instant(ctx.now) })
      const name = source?.trim().slice(0, 120)
      if (name) map.source = name
      else delete map.source
      Object.assign(map, { places: sheet.shapes.length, spots, shapes: JSON.stringify(sheet), changedAt: instant(ctx.now), changedBy: ctx.actor.id })
      em.persist(map)
      return map
    })
    return { map, missing: missing.map(({ name }) => name) }
  }

  @Mutation(() => Boolean, { description: '撤下地图，恢复示意图' })
  async boardMapRemove(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<boolean> {
    const ctx = entitled(context, Capability.REFERENCE)
    return act(ctx, 'boardMapRemove', async ({ em }) => {
      const map = await em.findOne(BoardMap, { id })
      if (!map) throw notFound('看板地图')
      em.remove(map)
      return true
    })
  }
}
