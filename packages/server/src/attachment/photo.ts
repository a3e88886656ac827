import sharp, { type Metadata, type Sharp } from 'sharp'
import { Refusal } from '../shared/refusal.js'
import { turns } from './turns.js'

/** A picture as it is kept: upright, JPEG, without a word of metadata. */
export interface Photo {
  bytes: Buffer
  width: number
  height: number
  /** Its fingerprint (`printOf`). */
  print?: string
}

export const LONGEST_SIDE = 2_000
const THUMB_SIDE = 320
/** A phone's 108-megapixel mode; only a plain JPEG of that size can be shrunk while it is read. */
const MOST_PIXELS_JPEG = 120_000_000
const MOST_PIXELS = 40_000_000
const SECONDS = 20

// Only the decoders that photos need: whatever a file claims to be, no other one ever sees it.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer', 'VipsForeignLoadHeifBuffer'] })

// No picture is decoded twice, and one core for each leaves room for those who only look.
sharp.cache(false)
sharp.concurrency(1)

/** Decoding takes a core and much memory: two at a time, the others wait their turn. */
const inTurn = turns(2)

/** Decodes a picture and encodes it anew, so that nothing of the file but its pixels is kept: no place, no camera, no payload. */
export const takePhoto = (bytes: Uint8Array): Promise<Photo> =>
  inTurn(async () => {
    const about = await readable(() => sharp(bytes, { limitInputPixels: false }).metadata())
    const most = mostPixels(about)
    if (about.width * about.height > most)
      throw new Refusal('IMAGE_TOO_LARGE', `照片有 ${about.width}×${about.height} 像素，太大了，请缩小到 ${most / 10_000} 万像素以内再上传`)
    const photo = await readable(() => encode(sharp(bytes, { limitInputPixels: most, failOn: 'error', sequentialRead: true }), LONGEST_SIDE, 82))
    const print = await printOf(photo.bytes)
    return print ? { ...photo, print } : photo
  })

/** 64 bits that say where a picture grows brighter from left to right (dHash): a little cropping or another compression changes few of them. */
export async function printOf(photo: Uint8Array): Promise<string | undefined> {
  const grey = await sharp(photo, { limitInputPixels: MOST_PIXELS }).resize(9, 8, { fit: 'fill' }).greyscale().raw().toBuffer()
  let bits = 0n
  for (let row = 0; row < 8; row++) for (let at = 0; at < 8; at++) bits = (bits << 1n) | (grey[row * 9 + at]! < grey[row * 9 + at + 1]! ? 1n : 0n)
  // A dark room, a white wall: what has hardly an edge looks like everything else of its kind.
  const edges = bits.toString(2).replaceAll('0', '').length
  return edges < FEWEST_EDGES || edges > 64 - FEWEST_EDGES ? undefined : bits.toString(16).padStart(16, '0')
}
const FEWEST_EDGES = 6

export const thumbnail = (photo: Uint8Array): Promise<Photo> => inTurn(() => encode(sharp(photo, { limitInputPixels: MOST_PIXELS }), THUMB_SIDE, 75))

async function encode(picture: Sharp, side: number, quality: number): Promise<Photo> {
  const { data, info } = await picture
    .timeout({ seconds: SECONDS })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality, mozjpeg: false })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}

/** A progressive JPEG must be held whole before its first row is known, as must all other kinds. */
const mostPixels = (about: Metadata): number => (about.format === 'jpeg' && !about.isProgressive ? MOST_PIXELS_JPEG : MOST_PIXELS)

async function readable<T>(decode: () => Promise<T>): Promise<T> {
  try {
    return await decode()
  } catch {
    throw new Refusal('FILE_DAMAGED', '照片已损坏或没有传完整，打不开，请重新拍摄或选择')
  }
}
