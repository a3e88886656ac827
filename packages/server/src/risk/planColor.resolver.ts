import { Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql'
import type { Context, SignedIn } from '../shared/context.js'
import { signedIn } from '../shared/signedIn.js'
import { areaColor, countsFor, outlineOf, type Spot } from './areaColor.js'
import { FloorPlan, MarkKind } from './floorPlan.entity.js'
import { RiskColor } from './terms.js'

@ObjectType({ description: '平面图上的一个位置，千分之', simpleResolvers: true })
class PlanSpot {
  @Field(() => Int) x!: number
  @Field(() => Int) y!: number
}

@ObjectType({ description: '平面图上的一个标记，连同它现在的颜色', simpleResolvers: true })
class PlanMark extends PlanSpot {
  @Field(() => ID) id!: string
  @Field(() => Int) version!: number
  @Field(() => MarkKind) kind!: MarkKind
  @Field(() => ID) target!: string
  @Field(() => ID, { nullable: true, description: '归属区域' }) area!: string | null
  @Field(() => RiskColor, { nullable: true }) color!: RiskColor | null
  @Field(() => String, { nullable: true, description: '编号；不在您管辖范围内的车间则为空' }) code!: string | null
  @Field(() => String, { nullable: true, description: '名称或标注；不在您管辖范围内的车间则为空' }) name!: string | null
}

@ObjectType({ description: '平面图上的一个区域：颜色是其中（或归属它的）最高的在用风险点', simpleResolvers: true })
class PlanArea {
  @Field(() => ID) id!: string
  @Field(() => Int) version!: number
  @Field(() => String) name!: string
  @Field(() => [PlanSpot]) outline!: Spot[]
  @Field(() => RiskColor, { nullable: true, description: '没有在用风险点的区域没有颜色' }) color!: RiskColor | undefined
  @Field(() => Int, { description: '其中在用的风险点' }) points!: number
}

/**
 * What is seen on a plan, coloured. A colour hangs at the gate for everybody who works there, so it is that of all the
 * enterprise's points; names are given only of those within the reader's own scope.
 */
@Resolver(() => FloorPlan)
export class PlanColorResolver {
  @FieldResolver(() => [PlanMark], { description: '标记：在用的风险点和标识' })
  coloredMarks(@Root() plan: { id: string }, @Ctx() context: Context): Promise<PlanMark[]> {
    return marksOf(plan.id, signedIn(context))
  }

  @FieldResolver(() => [PlanArea], { description: '区域，已按风险点着色' })
  async coloredAreas(@Root() plan: { id: string }, @Ctx() context: Context): Promise<PlanArea[]> {
    const ctx = signedIn(context)
    const points = (await marksOf(plan.id, ctx)).filter(({ kind }) => kind === MarkKind.RISK_POINT)
    const rows = await ctx.reader.all('select id, version, name, outline from floor_area where plan_id = ? order by id', [plan.id])
    return rows.map((row) => {
      const area = { id: row['id'] as string, outline: outlineOf(row['outline'] as string) }
      const counted = points.filter((point) => countsFor(area, point))
      return { ...area, version: Number(row['version']), name: row['name'] as string, color: areaColor(area, counted), points: counted.length }
    })
  }
}

async function marksOf(plan: string, { reader, actor }: SignedIn): Promise<PlanMark[]> {
  const rows = await reader.all(
    `select m.id as id, m.version as version, m.kind as kind, m.target as target, m.x as x, m.y as y, m.label as label, m.area_id as area,
      p.id as point, p.color as color, p.code as code, p.name as name, p.workshop as workshop, p.ended_on as ended
      from floor_mark m left join risk_point p on m.kind = 'RISK_POINT' and p.id = m.target and p.enterprise_id = m.enterprise_id
      where m.plan_id = ? order by m.id`,
    [plan],
  )
  const live = rows.filter((row) => row['kind'] !== 'RISK_POINT' || (row['point'] && !row['ended']))
  return live.map((row) => {
    const isPoint = row['kind'] === 'RISK_POINT'
    const mine = !isPoint || actor.scope.workshop === undefined || row['workshop'] === actor.scope.workshop
    const text = (name: string) => (mine ? ((row[name] as string | null) ?? null) : null)
    return {
      ...{ id: row['id'] as string, version: Number(row['version']), kind: row['kind'] as MarkKind, target: row['target'] as string },
      ...{ x: Number(row['x']), y: Number(row['y']), area: (row['area'] as string | null) ?? null },
      ...{ color: (row['color'] as RiskColor | null) ?? null, code: text('code'), name: text('label') ?? text('name') },
    }
  })
}
