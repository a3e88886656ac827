import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { accept } from './accept.js'
import { takePhoto, thumbnail } from './photo.js'

const refusalOf = async (name: string, bytes: Buffer | string) =>
  accept(name, Buffer.from(bytes as string)).then(
    () => undefined,
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#c33' } })
/** The entry of EXIF's first directory that leads to the one with the place. */
const GPS_POINTER = Buffer.from('2588040001000000', 'hex')

/** Left half red, right half blue, taken with the phone on its side, in 金谷镇. */
const withPlace = async (orientation: number) => {
  const half = await picture(40, 60).png().toBuffer()
  return sharp({ create: { width: 80, height: 60, channels: 3, background: '#33c' } })
    .composite([{ input: half, left: 0, top: 0 }])
    .jpeg()
    .withExif({
      IFD0: { Make: 'CameraOfTheTest', Orientation: String(orientation) },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '25/1 3/1 30/1', GPSLongitudeRef: 'E', GPSLongitude: '118/1 1/1 12/1' },
    })
    .withMetadata({ orientation })
    .toBuffer()
}

describe('a photo', () => {
  test('loses the place where it was taken, the camera and every other word', async () => {
    const sent = await withPlace(1)
    const before = await sharp(sent).metadata()
    expect(before.exif!.includes('CameraOfTheTest')).toBe(true)
    expect(before.exif!.includes(GPS_POINTER)).toBe(true)
    const kept = await accept('现场.jpg', sent)
    const after = await sharp(kept.bytes).metadata()
    expect([after.exif, after.icc, after.iptc, after.xmp, after.orientation]).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect(kept.bytes.includes(GPS_POINTER)).toBe(false)
    expect(kept.bytes.includes(Buffer.from([0xff, 0xe1]))).toBe(false) // no segment that EXIF or XMP could stand in
    expect(kept.bytes.includes('CameraOfTheTest')).toBe(false)
  })

  test('taken with the phone on its side stands upright', async () => {
    const kept = await takePhoto(await withPlace(6)) // turned a quarter clockwise: what was left comes to the top
    expect([kept.width, kept.height]).toEqual([60, 80])
    const { data, info } = await sharp(kept.bytes).raw().toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)]
    expect(at(30, 10)[0]).toBeGreaterThan(150)
    expect(at(30, 70)[2]).toBeGreaterThan(150)
  })

  test('is made no longer than 2000 pixels, and a small one is not made larger', async () => {
    const large = await takePhoto(await picture(4000, 3000).jpeg().toBuffer())
    expect([large.width, large.height]).toEqual([2000, 1500])
    const small = await takePhoto(await picture(300, 200).png().toBuffer())
    expect([small.width, small.height]).toEqual([300, 200])
    const thumb = await thumbnail(large.bytes)
    expect([thumb.width, thumb.height]).toEqual([320, 240])
  })

  test.each(['png', 'webp', 'jpeg'] as const)('sent as %s is kept as a JPEG under its own name', async (format) => {
    const kept = await accept(`配电箱.${format}`, await picture(50, 40).toFormat(format).toBuffer())
    expect(kept).toMatchObject({ name: '配电箱.jpg', mime: 'image/jpeg', width: 50, height: 40 })
    expect((await sharp(kept.bytes).metadata()).format).toBe('jpeg')
  })

  test('that a chat program named .jpg but is a WebP is taken all the same', async () => {
    expect(await accept('微信图片.jpg', await picture(50, 40).webp().toBuffer())).toMatchObject({ name: '微信图片.jpg', mime: 'image/jpeg' })
  })

  test('cut off on its way is refused', async () => {
    const noise = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 128, sigma: 40 } } })
      .jpeg()
      .toBuffer()
    expect(await refusalOf('a.jpg', noise.subarray(0, noise.length / 2))).toBe('FILE_DAMAGED')
  })

  test('carries no page of HTML on, whether in a comment or behind its end', async () => {
    const jpeg = await picture(50, 40).jpeg().toBuffer()
    const html = Buffer.from('<html><script>alert(1)</script>')
    const comment = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, html.length + 2]), html, jpeg.subarray(2)])
    for (const polyglot of [comment, Buffer.concat([jpeg, html])]) expect((await accept('a.jpg', polyglot)).bytes.includes('<script')).toBe(false)
  })
})

describe('refused is', () => {
  test('an SVG, whatever it is called', async () => {
    const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
    for (const name of ['a.svg', 'a.jpg', 'a.png']) expect(await refusalOf(name, svg)).toBe('FILE_TYPE')
  })

  test('a page of HTML that begins like a picture', async () => {
    expect(await refusalOf('a.jpg', '<!doctype html><script>alert(1)</script>')).toBe('FILE_TYPE')
    expect(await refusalOf('a.gif', 'GIF89a/*<script>*/=1;')).toBe('FILE_TYPE')
    expect(
      await refusalOf('a.jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<html><script>alert(1)</script></html>'.repeat(20))])),
    ).toBe('FILE_DAMAGED')
  })

  test('an archive, a program, a text and an empty file', async () => {
    expect(await refusalOf('a.jpg', Buffer.from('PK\x03\x04\x14\0\0\0\0\0'.padEnd(60, '\0'), 'latin1'))).toBe('FILE_TYPE')
    expect(await refusalOf('a.jpg', Buffer.from('MZ'.padEnd(200, '\0'), 'latin1'))).toBe('FILE_TYPE')
    expect(await refusalOf('a.jpg', '你好')).toBe('FILE_TYPE')
    expect(await refusalOf('a.jpg', '')).toBe('FILE_EMPTY')
  })

  test('a HEIC photo that no decoder here can read, with what to do about it', async () => {
    const box = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(400)])
    await expect(accept('IMG_0001.HEIC', box)).rejects.toMatchObject({ code: 'HEIC_UNREADABLE', message: expect.stringContaining('兼容性最佳') as string })
  })

  test('a photo that calls itself a page or a program, and a PDF that calls itself a photo', async () => {
    const jpeg = await picture(50, 40).jpeg().toBuffer()
    for (const name of ['a.html', 'a.svg', 'a.exe', 'a.pdf', 'a.jpg.php']) expect(await refusalOf(name, jpeg)).toBe('FILE_EXTENSION')
    expect(await refusalOf('a.jpg', pdf())).toBe('FILE_EXTENSION')
  })

  test('a header that promises 50,000 × 50,000 pixels, before a single one is decoded', async () => {
    const began = Date.now()
    expect(await refusalOf('a.png', hugePng(50_000))).toBe('IMAGE_TOO_LARGE')
    expect(await refusalOf('a.jpg', await hugeJpeg(50_000))).toBe('IMAGE_TOO_LARGE')
    expect(Date.now() - began).toBeLessThan(2_000)
    await expect(accept('a.png', hugePng(50_000))).rejects.toThrow('照片有 50000×50000 像素，太大了，请缩小到 4000 万像素以内再上传')
  })

  test('a progressive JPEG of a size that a plain one may have', async () => {
    const plain = await picture(8_000, 6_000).jpeg({ quality: 10 }).toBuffer()
    expect(await accept('a.jpg', plain)).toMatchObject({ width: 2000, height: 1500 })
    expect(await refusalOf('a.jpg', await picture(8_000, 6_000).jpeg({ quality: 10, progressive: true }).toBuffer())).toBe('IMAGE_TOO_LARGE')
  })
})

describe('a PDF', () => {
  test('is kept as it is', async () => {
    expect(await accept('整改通知书.pdf', pdf())).toEqual({ name: '整改通知书.pdf', mime: 'application/pdf', bytes: pdf() })
  })

  test('is refused when it is a page or an archive as well, or cut off', async () => {
    expect(await refusalOf('a.pdf', Buffer.concat([Buffer.from('<html>'), pdf()]))).not.toBeUndefined()
    expect(await refusalOf('a.pdf', pdf('<script>alert(1)</script>'))).toBe('PDF_UNSAFE')
    const zipEnd = Buffer.alloc(22)
    zipEnd.write('PK\x05\x06', 'latin1')
    expect(await refusalOf('a.pdf', Buffer.concat([pdf(), zipEnd]))).toBe('PDF_UNSAFE')
    const commented = Buffer.from(zipEnd)
    commented.writeUInt16LE(6, 20)
    expect(await refusalOf('a.pdf', Buffer.concat([pdf(), commented, Buffer.from('%%EOF\n')]))).toBe('PDF_UNSAFE')
    expect(await refusalOf('a.pdf', pdf().subarray(0, 40))).toBe('FILE_DAMAGED')
  })
})

function pdf(extra = ''): Buffer {
  return Buffer.from(
    `%PDF-1.4\n${extra}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  )
}

function hugePng(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.length + 4)
    return out
  }
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A small JPEG whose frame header is rewritten. */
async function hugeJpeg(side: number): Promise<Buffer> {
  const jpeg = await picture(16, 16).jpeg().toBuffer()
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(side, frame + 5)
  jpeg.writeUInt16BE(side, frame + 7)
  return jpeg
}

function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
