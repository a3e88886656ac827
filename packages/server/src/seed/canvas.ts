import sharp from 'sharp'

export type Colour = readonly [number, number, number]
type Inside = (x: number, y: number) => boolean

/** A picture of plain shapes: no fonts, the same bytes on every machine of one kind. */
export class Canvas {
  readonly #pixels: Buffer

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#pixels = Buffer.alloc(width * height * 3)
  }

  #fill([left, top, right, bottom]: readonly [number, number, number, number], colour: Colour, inside: Inside = () => true): this {
    const [red, green, blue] = colour
    const [fromX, toX] = [Math.max(0, Math.floor(left)), Math.min(this.width, right)]
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(this.height, bottom); y++)
      for (let x = fromX, i = (y * this.width + fromX) * 3; x < toX; x++, i += 3) {
        if (!inside(x + 0.5, y + 0.5)) continue
        this.#pixels[i] = red
        this.#pixels[i + 1] = green
        this.#pixels[i + 2] = blue
      }
    return this
  }

  box(x: number, y: number, width: number, height: number, colour: Colour): this {
    return this.#fill([x, y, x + width, y + height], colour)
  }

  disc(x: number, y: number, radius: number, colour: Colour): this {
    return this.#fill([x - radius, y - radius, x + radius, y + radius], colour, (px, py) => (px - x) ** 2 + (py - y) ** 2 <= radius ** 2)
  }

  /** With its point up, `size` wide and high. */
  triangle(x: number, y: number, size: number, colour: Colour): this {
    return this.#fill([x - size / 2, y - size / 2, x + size / 2, y + size / 2], colour, (px, py) => Math.abs(px - x) <= (py - y + size / 2) / 2)
  }

  line(x1: number, y1: number, x2: number, y2: number, thick: number, colour: Colour): this {
    const [dx, dy] = [x2 - x1, y2 - y1]
    const near: Inside = (px, py) => {
      const t = Math.min(1, Math.max(0, ((px - x1) * dx + (py - y1) * dy) / (dx * dx + dy * dy)))
      return (px - x1 - t * dx) ** 2 + (py - y1 - t * dy) ** 2 <= (thick / 2) ** 2
    }
    return this.#fill([Math.min(x1, x2) - thick, Math.min(y1, y2) - thick, Math.max(x1, x2) + thick, Math.max(y1, y2) + thick], colour, near)
  }

  jpeg(): Promise<Buffer> {
    return sharp(this.#pixels, { raw: { width: this.width, height: this.height, channels: 3 } })
      .jpeg({ quality: 80 })
      .toBuffer()
  }
}
