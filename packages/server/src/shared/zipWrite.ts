import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** One file of an archive; its bytes are asked for when its turn comes. */
export interface ZipEntry {
  name: string
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

const UTF8_STREAMED = 0x0808
const DEFLATE = 8
const MOST = 0xffff_ffff

interface Written {
  name: Buffer
  crc: number
  packed: number
  size: number
  offset: number
}

/** An archive of any number of files, written while they are read: memory does not grow with it. */
export function zipStream(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, at: Date): Readable {
  return Readable.from(zipped(entries, dosTime(at)), { objectMode: false })
}

async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>, time: number): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let offset = 0
  for await (const { name, body } of entries) {
    const one: Written = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, offset }
    const head = localHead(one, time)
    offset += head.length
    yield head
    const squeezer = createDeflateRaw({ level: 1 })
    const feed = Readable.from(counted(body, one), { objectMode: false })
    feed.once('error', (error) => squeezer.destroy(error))
    for await (const chunk of feed.pipe(squeezer) as AsyncIterable<Buffer>) {
      one.packed += chunk.length
      yield chunk
    }
    const tail = descriptor(one)
    offset += one.packed + tail.length
    if (offset > MOST || one.size > MOST) throw new Error('an archive beyond 4 GB')
    written.push(one)
    yield tail
  }
  const directory = Buffer.concat(written.map((one) => directoryEntry(one, time)))
  yield directory
  yield directoryEnd(written.length, directory.length, offset)
}

async function* counted(body: ZipEntry['body'], one: Written): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    one.crc = crc32(chunk, one.crc)
    one.size += chunk.length
    yield chunk
  }
}

function localHead({ name }: Written, time: number): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(UTF8_STREAMED, 6)
  head.writeUInt16LE(DEFLATE, 8)
  head.writeUInt32LE(time, 10)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function descriptor({ crc, packed, size }: Written): Buffer {
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(crc, 4)
  tail.writeUInt32LE(packed, 8)
  tail.writeUInt32LE(size, 12)
  return tail
}

function directoryEntry({ name, crc, packed, size, offset }: Written, time: number): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 4)
  entry.writeUInt16LE(20, 6)
  entry.writeUInt16LE(UTF8_STREAMED, 8)
  entry.writeUInt16LE(DEFLATE, 10)
  entry.writeUInt32LE(time, 12)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(packed, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(offset, 42)
  return Buffer.concat([entry, name])
}

function directoryEnd(many: number, length: number, offset: number): Buffer {
  if (many > 0xffff) throw new Error('an archive of more than 65,535 files')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(many, 8)
  end.writeUInt16LE(many, 10)
  end.writeUInt32LE(length, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

/** Of the clock in Shanghai, as the format wants it: two seconds to the step, years from 1980. */
function dosTime(at: Date): number {
  const local = new Date(at.getTime() + 8 * 3_600_000)
  const time = (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1)
  const day = ((local.getUTCFullYear() - 1980) << 9) | ((local.getUTCMonth() + 1) << 5) | local.getUTCDate()
  return ((day << 16) | time) >>> 0
}
