import { ref } from '@mikro-orm/core'
import { JPEG } from '../attachment/accept.js'
import { Attachment, AttachmentPurpose } from '../attachment/attachment.entity.js'
import { nameOf } from '../attachment/files.js'
import { FloorArea, FloorMark, FloorPlan, MarkKind } from '../risk/floorPlan.entity.js'
import { outlineText } from '../risk/areaColor.js'
import { RiskPoint } from '../risk/riskPoint.entity.js'
import { Canvas, type Colour } from './canvas.js'
import type { Told } from './chapters.js'
import { plain } from './plain.js'
import type { Random } from './random.js'
import type { Firm } from './settle.js'

const WIDTH = 1600
const HEIGHT = 1000
const FLOOR: Colour = [250, 250, 247]
const ROOM: Colour = [238, 240, 242]
const WALL: Colour = [70, 78, 88]
const ROAD: Colour = [222, 222, 218]
const DOOR: Colour = [250, 250, 247]
const THING: Colour = [196, 202, 208]

/** Rooms in thousandths: name, left, top, width, height; the workshops first. */
const ROOMS: [string, number, number, number, number][] = [
  ['杀青车间', 40, 60, 380, 400],
  ['烘焙间', 460, 60, 230, 400],
  ['包装仓储车间', 730, 60, 230, 400],
  ['配电房', 40, 620, 130, 150],
  ['液化气间', 210, 620, 130, 150],
  ['成品仓库', 380, 560, 310, 260],
  ['宿舍与办公', 730, 560, 230, 260],
  ['厂区道路', 40, 480, 920, 60],
]
const SIGNS: [string, number, number][] = [
  ['禁止烟火', 225, 640],
  ['当心触电', 60, 650],
  ['当心机械伤人', 60, 90],
  ['必须戴防尘口罩', 745, 90],
  ['安全出口', 300, 500],
  ['消火栓', 690, 500],
]

/** The picture of a small tea factory: rooms, doors, a road and some machines. */
function paint(): Promise<Buffer> {
  const canvas = new Canvas(WIDTH, HEIGHT).box(0, 0, WIDTH, HEIGHT, FLOOR)
  const at = (x: number, y: number) => [(x * WIDTH) / 1000, (y * HEIGHT) / 1000] as const
  for (const [name, left, top, width, height] of ROOMS) {
    const [x, y] = at(left, top)
    const [w, h] = at(width, height)
    if (name === '厂区道路') {
      canvas.box(x, y, w, h, ROAD)
      continue
    }
    canvas.box(x - 5, y - 5, w + 10, h + 10, WALL).box(x, y, w, h, ROOM)
    canvas.box(x + w / 2 - 30, top < 480 ? y + h - 2 : y - 6, 60, 9, DOOR)
    for (let i = 0; i < Math.floor(w / 110); i++) canvas.box(x + 24 + i * 105, y + h * 0.3, 60, h * 0.12, THING)
  }
  return canvas.jpeg()
}

/** 四色分布图 of some firms: their points on the plan, each workshop an area, some signs beside them. */
export async function drawPlans(told: Told, firms: readonly Firm[], random: Random): Promise<void> {
  const bytes = await paint()
  await told.world.pictures.files.put(nameOf(bytes), bytes)
  for (const firm of firms) drawPlan(told, firm, bytes, random)
}

function drawPlan({ world, now }: Told, firm: Firm, bytes: Buffer, random: Random): void {
  const { chronicle } = world
  const { enterprise, crew } = firm
  const by = crew.principal.asActor()
  const at = new Date(now.getTime() - 60 * 86_400_000)
  const own = { enterprise: ref(enterprise), division: enterprise.division, ...(enterprise.station ? { station: enterprise.station } : {}) }
  const sha256 = nameOf(bytes)
  const plan = Object.assign(new (plain(FloorPlan))(), {
    id: random.id(at.getTime()),
    name: '厂区一层平面图',
    storey: '一层',
    ...own,
    width: WIDTH,
    height: HEIGHT,
  })
  const file = {
    ofThing: 'FloorPlan',
    ofRecord: plan.id,
    purpose: AttachmentPurpose.PLAN,
    name: '厂区平面图.jpg',
    mime: JPEG,
    sha256,
    bytes: bytes.length,
    width: WIDTH,
    height: HEIGHT,
  }
  const place = { division: enterprise.division, enterpriseId: enterprise.id, ...(enterprise.station ? { station: enterprise.station } : {}) }
  const picture = Object.assign(new (plain(Attachment))(), { id: random.id(at.getTime()), ...file, ...place, uploadedBy: crew.principal.id })
  plan.picture = picture.id
  chronicle.add(picture, { act: 'fileUpload', by, at })
  chronicle.add(plan, { act: 'floorPlanAdd', by, at })
  for (const [name, left, top, width, height] of ROOMS) {
    const corners = [
      [left, top],
      [left + width, top],
      [left + width, top + height],
      [left, top + height],
    ] as const
    const outline = outlineText(corners.map(([x, y]) => ({ x, y })))
    chronicle.add(Object.assign(new (plain(FloorArea))(), { id: random.id(at.getTime()), plan: ref(plan), ...own, name, outline }), {
      act: 'floorAreaDraw',
      by,
      at,
    })
  }
  const mark = (kind: MarkKind, target: string, x: number, y: number, label?: string) =>
    chronicle.add(
      Object.assign(new (plain(FloorMark))(), { id: random.id(at.getTime()), plan: ref(plan), ...own, kind, target, x, y, ...(label ? { label } : {}) }),
      {
        ...{ act: 'floorMarkPlace', by, at },
      },
    )
  const taken = new Map<string, number>()
  for (const point of chronicle.all(RiskPoint).filter((one) => one.enterprise.id === enterprise.id)) {
    const others = ROOMS.slice(3, 7)
    const room = ROOMS.find(([name]) => name === point.workshop) ?? others[(taken.get('') ?? 0) % others.length]!
    if (!point.workshop) taken.set('', (taken.get('') ?? 0) + 1)
    const [name, left, top, width, height] = room
    const n = taken.get(name) ?? 0
    taken.set(name, n + 1)
    const columns = width > 250 ? 4 : width > 180 ? 3 : 2
    mark(
      MarkKind.RISK_POINT,
      point.id,
      left + Math.round(((n % columns) + 0.5) * (width / columns)),
      top + Math.min(height - 50, 55 + Math.floor(n / columns) * 75),
    )
  }
  for (const [label, x, y] of SIGNS) mark(MarkKind.SIGN, random.id(at.getTime()), x, y, label)
}
