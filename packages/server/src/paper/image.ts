import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'

export interface Pixels {
  type: 'png' | 'jpeg'
  width: number
  height: number
}

/** What a picture is and how large, from its first bytes. Only what both files can carry. */
export function pixelsOf(data: Buffer): Pixels {
  if (data.length > 24 && data.readUInt32BE(0) === 0x89504e47) return { type: 'png', width: data.readUInt32BE(16), height: data.readUInt32BE(20) }
  if (data.length > 4 && data.readUInt16BE(0) === 0xffd8) return { type: 'jpeg', ...jpegSize(data) }
  throw new Error('a paper takes pictures as JPEG or PNG')
}

function jpegSize(data: Buffer): { width: number; height: number } {
  for (let at = 2; at + 9 < data.length;) {
    const marker = data[at + 1]!
    // The frame headers, C0 to CF, without the tables (C4, CC) and the extension (C8) among them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) }
    at += marker === 0xff ? 1 : 2 + data.readUInt16BE(at + 2)
  }
  throw new Error('a JPEG without a frame')
}

/** The dark squares of a QR code, row by row; readable when a corner of a card is dirty (level M). */
export const qrSquares = (text: string): boolean[][] => encode(text, { ecc: 'M', border: 2 }).data

/** A QR code as a black and white PNG, eight pixels a square. */
export function qrPng(text: string): Buffer {
  const squares = qrSquares(text)
  const side = squares.length
  // Eight pixels are one byte of a picture of one bit a pixel: dark is 0.
  const line = (row: boolean[]) => Buffer.from([0, ...row.map((dark) => (dark ? 0 : 255))])
  const raw = Buffer.concat(squares.flatMap((row) => Array.from({ length: 8 }, () => line(row))))
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side * 8, 0)
  head.writeUInt32BE(side * 8, 4)
  head[8] = 1
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
