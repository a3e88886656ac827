import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { countsFor, areaColor, outlineOf } from '../risk/areaColor.js'
import { FloorPlan } from '../risk/floorPlan.entity.js'
import { RiskColor } from '../risk/terms.js'
import type { Context } from '../shared/context.js'
import { dayOf } from '../shared/days.js'
import type { PlainRow, Reader } from '../shared/read/reader.js'
import { type Reading, scopeSql } from '../shared/read/reading.js'
import { raw, sql, TRUE } from '../shared/read/sql.js'
import { divisionRange, type Scope } from '../shared/scope.js'
import { signedIn } from '../shared/signedIn.js'
import { inScope } from '../statistics/riskFigures.js'
import { boardsOf } from './boards.js'
import { LOOKERS } from './lookers.js'
import { groupDigits, readNames } from './names.js'
import { shortName } from './shortName.js'
import type { BoardColorPlace } from './snapshot.js'
import { isWall } from './wallPass.js'

@ObjectType({ description: '看板：一家企业和它的颜色', simpleResolvers: true })
class BoardFirm {
  @Field(() => ID) id!: string
  @Field(() => String) name!: string
  @Field(() => String) shortName!: string
  @Field(() => String, { description: '区划代码' }) place!: string
  @Field(() => RiskColor, { nullable: true }) color!: RiskColor | null
  @Field(() => Int, { description: '在用的平面图' }) plans!: number
}

/** No more than is written on the map: what else stands in a village is not for every phone in the room. */
@ObjectType({ description: '看板地图上的一个村（镇）', simpleResolvers: true })
class BoardMapPlace {
  @Field(() => String) code!: string
  @Field(() => String) name!: string
  @Field(() => RiskColor, { nullable: true, description: '其中最高的颜色；没有则为空' }) color!: RiskColor | null
  @Field(() => Int, { description: '这个颜色的企业；没有颜色的村为还没有颜色的企业' }) count!: number
}

@ObjectType({ simpleResolvers: true })
class BoardArea {
  @Field(() => String) name!: string
  @Field(() => String, { description: '轮廓：x,y x,y …（千分之）' }) outline!: string
  @Field(() => RiskColor, { nullable: true }) color!: RiskColor | null
}

@ObjectType({ simpleResolvers: true })
class BoardMark {
  @Field(() => Int) x!: number
  @Field(() => Int) y!: number
  @Field(() => RiskColor, { nullable: true }) color!: RiskColor | null
}

@ObjectType({ description: '看板：一张平面图的区域和风险点；不含图片，也不含人名', simpleResolvers: true })
class BoardPlan {
  @Field(() => String) enterprise!: string
  @Field(() => RiskColor, { nullable: true }) color!: RiskColor | null
  @Field(() => String) name!: string
  @Field(() => Int) width!: number
  @Field(() => Int) height!: number
  @Field(() => [BoardArea]) areas!: BoardArea[]
  @Field(() => [BoardMark]) marks!: BoardMark[]
}

const MOST = 60
const WORST_FIRST = `case s.effective when 'RED' then 1 when 'ORANGE' then 2 when 'YELLOW' then 3 when 'BLUE' then 4 else 5 end`

/** From the map down: the enterprises of a place, and the plan of one. What is written on a plan's picture nobody has checked: it stays away. */
@Resolver()
export class BoardPlanResolver {
  @Query(() => [BoardFirm], { description: '一个村（镇）的企业，颜色最高的在前，最多六十家；不填则全辖区' })
  boardFirms(@Ctx() context: Context, @Arg('place', () => String, { nullable: true }) place?: string | null): Promise<BoardFirm[]> {
    const { actor, reader, now } = signedIn(context, ...LOOKERS)
    const within = /^\d{1,12}$/.test(place ?? '') ? place! : ''
    // A phone in the room points at plans: whoever has none is none of its business.
    const withPlan = actor.role === 'BOARD' && !isWall(actor)
    return boardsOf(reader)
      .of(actor.scope)
      .shared(`firms ${within} ${withPlan}`, () => firmsIn(reader, { engine: reader.engine, scope: actor.scope, today: dayOf(now) }, within, withPlan))
  }

  @Query(() => [BoardMapPlace], { description: '可以在地图上选的村（县级看板为镇）和其中最高的颜色' })
  async boardPlaces(@Ctx() context: Context): Promise<BoardMapPlace[]> {
    const { actor, reader } = signedIn(context, ...LOOKERS)
    return (await boardsOf(reader).of(actor.scope).current()).colors.places.filter(({ code }) => code).map(mapPlaceOf)
  }

  @Query(() => [BoardPlan], { description: '一家企业在用的平面图' })
  async boardPlan(@Ctx() context: Context, @Arg('firm', () => ID) firm: string): Promise<BoardPlan[]> {
    const { actor, reader, now } = signedIn(context, ...LOOKERS)
    const reading: Reading = { engine: reader.engine, scope: actor.scope, today: dayOf(now) }
    const { sql: text, params } =
      sql`select t.id as id, t.name as name, t.storey as storey, t.width as width, t.height as height, e.name as firm, s.effective as color
      from floor_plan t join enterprise e on e.id = t.enterprise_id left join risk_standing s on s.enterprise_id = e.id
      where t.enterprise_id = ${firm} and t.ended_on is null and ${scopeSql(FloorPlan, 't', actor.scope)} and ${scopeSql(Enterprise, 'e', actor.scope)} and ${inScope('e', reading)} order by t.id limit 4`
    return Promise.all((await reader.all(text, params)).map((row) => planOf(reader, row)))
  }
}

const mapPlaceOf = ({ code, name, color, firms, firmsNone }: BoardColorPlace): BoardMapPlace => ({
  ...{ code, name, color },
  count: color ? firms[COUNTED[color]] : firmsNone,
})
const COUNTED = { RED: 'red', ORANGE: 'orange', YELLOW: 'yellow', BLUE: 'blue' } as const

/** What is shown here only the changes that a board follows can change (readHazards.ts): names, places, colours, which plans are in use. */
async function firmsIn(reader: Reader, reading: Reading, place: string, withPlan: boolean): Promise<BoardFirm[]> {
  const { scope, today } = reading
  const [low, high] = divisionRange(place)
  const plans = sql`(select count(*) from floor_plan p where p.enterprise_id = e.id and p.ended_on is null)`
  const { sql: text, params } = sql`select e.id as id, e.name as name, e.division as place, s.effective as color,
    ${plans} as plans
    from enterprise e left join risk_standing s on s.enterprise_id = e.id
    where ${inScope('e', reading)} and ${scopeSql(Enterprise, 'e', scope)} and e.division >= ${low} and e.division < ${high} and ${withPlan ? sql`${plans} > 0` : TRUE}
    order by ${raw(WORST_FIRST)}, 5 desc, e.name limit ${raw(String(MOST))}`
  const rows = await reader.all(text, params)
  const territory = await territoryOf(reader, scope, today)
  return rows.map((row) => ({ ...firmOf(row), shortName: shortName(row['name'] as string, territory), plans: Number(row['plans']) }))
}

const firmOf = (row: PlainRow) => ({
  ...{ id: row['id'] as string, name: row['name'] as string, place: row['place'] as string },
  color: (row['color'] as RiskColor | null) ?? null,
})

async function territoryOf(reader: Reader, scope: Scope, today: string): Promise<string> {
  return (await readNames(reader, scope, today, await groupDigits(reader, scope.division))).territory
}

async function planOf(reader: Reader, plan: PlainRow): Promise<BoardPlan> {
  const id = plan['id'] as string
  const marks = (
    await reader.all(
      `select m.x as x, m.y as y, m.area_id as area, p.color as color from floor_mark m
        join risk_point p on p.id = m.target and p.enterprise_id = m.enterprise_id where m.plan_id = ? and m.kind = 'RISK_POINT' and p.ended_on is null order by m.id`,
      [id],
    )
  ).map((row) => ({ x: Number(row['x']), y: Number(row['y']), area: row['area'] as string | null, color: (row['color'] as RiskColor | null) ?? null }))
  const areas = await reader.all('select id, name, outline from floor_area where plan_id = ? order by id', [id])
  return {
    ...{ enterprise: plan['firm'] as string, color: (plan['color'] as RiskColor | null) ?? null },
    name: [plan['name'], plan['storey']].filter(Boolean).join(' '),
    ...{ width: Number(plan['width']), height: Number(plan['height']) },
    areas: areas.map((row) => {
      const area = { id: row['id'] as string, outline: outlineOf(row['outline'] as string) }
      const own = marks.filter((mark) => countsFor(area, mark))
      return { name: row['name'] as string, outline: row['outline'] as string, color: areaColor(area, own) ?? null }
    }),
    marks: marks.map(({ x, y, color }) => ({ x, y, color })),
  }
}
