import { JPEG } from '../attachment/accept.js'
import type { Attachment } from '../attachment/attachment.entity.js'
import { AttachmentPurpose } from '../attachment/attachment.entity.js'
import { type FileStore, nameOf } from '../attachment/files.js'
import type { HazardCategory } from '../hazard/terms.js'
import { Canvas, type Colour } from './canvas.js'
import type { Random } from './random.js'

const WIDTH = 640
const HEIGHT = 480
const STEEL: Colour = [120, 132, 145]
const DARK: Colour = [52, 60, 70]
const RED: Colour = [214, 48, 49]
const AMBER: Colour = [245, 183, 49]
const GREEN: Colour = [34, 150, 84]
const WHITE: Colour = [245, 246, 248]
const WOOD: Colour = [176, 132, 88]

/** What is drawn for a group of categories, before and after it was put right. */
type Scene = (canvas: Canvas, right: boolean) => void

const cabinet: Scene = (canvas, right) => {
  canvas.box(220, 110, 180, 230, STEEL).box(232, 122, 156, 206, DARK)
  for (let i = 0; i < 4; i++) canvas.box(248 + i * 34, 150, 22, 60, WHITE)
  if (right) return void canvas.box(232, 122, 156, 206, [96, 140, 150]).disc(378, 225, 7, DARK)
  for (let i = 0; i < 5; i++) canvas.line(250 + i * 28, 260, 190 + i * 60, 400, 6, i % 2 ? RED : AMBER)
}
const extinguishers: Scene = (canvas, right) => {
  for (const x of [240, 330])
    canvas
      .box(x, 200, 56, 150, right ? RED : [150, 110, 105])
      .disc(x + 28, 198, 28, right ? RED : [150, 110, 105])
      .box(x + 18, 150, 20, 30, DARK)
  if (!right) canvas.box(150, 250, 330, 110, WOOD).box(170, 200, 120, 60, [196, 152, 108])
}
const machine: Scene = (canvas, right) => {
  canvas.box(160, 260, 320, 90, STEEL)
  for (const [x, r] of [
    [250, 62],
    [380, 44],
  ] as const)
    canvas
      .disc(x, 230, r, DARK)
      .disc(x, 230, r - 14, STEEL)
      .disc(x, 230, 10, DARK)
  canvas.line(250, 168, 380, 186, 7, DARK).line(250, 292, 380, 274, 7, DARK)
  if (right) for (let i = 0; i < 9; i++) canvas.line(180 + i * 32, 150, 180 + i * 32, 310, 5, AMBER)
}
const edge: Scene = (canvas, right) => {
  canvas.box(0, 320, 380, 160, [150, 150, 150]).box(380, 360, 260, 120, [80, 96, 110])
  if (right) for (const y of [220, 268]) canvas.line(60, y, 380, y, 9, AMBER).line(380, y, 380, 330, 9, AMBER)
  else canvas.box(250, 290, 90, 34, WOOD)
}
const store: Scene = (canvas, right) => {
  for (let row = 0; row < (right ? 2 : 4); row++)
    for (let i = 0; i < (right ? 4 : 6); i++)
      canvas.box((right ? 180 : 120) + i * 70, 330 - row * 62 - (right ? 0 : (i % 2) * 8), 62, 56, i % 2 ? WOOD : [196, 152, 108])
}

const SCENES: readonly Scene[] = [cabinet, extinguishers, machine, edge, store]
const SCENE_OF: Partial<Record<HazardCategory, Scene>> = {
  ...{ ELECTRICAL: cabinet, STATIC: cabinet, FIRE: extinguishers, GAS: extinguishers, HAZCHEM: store, EMERGENCY: extinguishers },
  ...{ MECHANICAL: machine, SPECIAL_EQUIP: machine, DUST: machine, FALL: edge, COLLAPSE: edge, CONFINED: edge, VEHICLE: store, SECURITY: store },
}

type Picture = Pick<Attachment, 'name' | 'mime' | 'sha256' | 'bytes' | 'width' | 'height'>

/** Drawings that stand for the photos of the demo: a few, shared by all who need one. */
export class Pictures {
  private constructor(
    private readonly drawn: ReadonlyMap<Scene, { before: Picture; after: Picture }>,
    readonly files: FileStore,
  ) {}

  static async draw(files: FileStore): Promise<Pictures> {
    const keep = async (scene: Scene, right: boolean): Promise<Picture> => {
      const bytes = await paint(scene, right)
      const sha256 = nameOf(bytes)
      await files.put(sha256, bytes)
      return { name: right ? '演示照片 整改后.jpg' : '演示照片 整改前.jpg', mime: JPEG, sha256, bytes: bytes.length, width: WIDTH, height: HEIGHT }
    }
    const pairs = SCENES.map(async (scene) => [scene, { before: await keep(scene, false), after: await keep(scene, true) }] as const)
    return new Pictures(new Map(await Promise.all(pairs)), files)
  }

  pick(random: Random, category: HazardCategory | undefined, purpose: AttachmentPurpose): Picture {
    const scene = (category && SCENE_OF[category]) ?? random.pick(SCENES)
    return this.drawn.get(scene)![purpose === AttachmentPurpose.BEFORE ? 'before' : 'after']
  }
}

function paint(scene: Scene, right: boolean): Promise<Buffer> {
  const canvas = new Canvas(WIDTH, HEIGHT).box(0, 0, WIDTH, 350, [222, 226, 230]).box(0, 350, WIDTH, 130, [176, 180, 184])
  scene(canvas, right)
  if (right) canvas.disc(566, 74, 46, GREEN).line(544, 76, 560, 94, 10, WHITE).line(560, 94, 592, 54, 10, WHITE)
  else canvas.triangle(566, 72, 96, RED).triangle(566, 77, 68, AMBER).line(566, 62, 566, 86, 9, DARK).disc(566, 98, 5, DARK)
  return canvas.jpeg()
}
