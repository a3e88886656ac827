import { Refusal } from './refusal.js'

export const MAX_FILE_BYTES = 20 * 1024 * 1024
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024
const MAX_ENTRIES = 2_000
const ZIP = 0x04034b50
const OLE = 0xd0cf11e0
const DIRECTORY_END = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50

/**
 * Looks at a file's outside before anything is unpacked: is it an .xlsx at all, and does it stay in bounds?
 * A part that hides its true size is refused, for the reader would unpack it without a limit.
 */
export function checkArchive(bytes: Uint8Array): void {
  if (bytes.length > MAX_FILE_BYTES) throw new Refusal('FILE_TOO_LARGE', `文件超过 ${MAX_FILE_BYTES >> 20} MB，请删去图片或分成几个文件导入`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length >= 4 && view.getUint32(0) === OLE) throw oldFormat(bytes)
  if (bytes.length < 22 || view.getUint32(0, true) !== ZIP) throw notWorkbook()
  const parts = partsOf(bytes, view)
  if (parts.some((part) => part.name === 'xl/workbook.bin')) throw new Refusal('FILE_FORMAT', '这是 .xlsb 二进制工作簿，请在 Excel 中另存为 .xlsx 后重新上传')
  if (parts.some((part) => part.name === 'content.xml')) throw new Refusal('FILE_FORMAT', '这是 .ods 表格，请另存为 .xlsx 后重新上传')
  if (!parts.some((part) => part.name.endsWith('workbook.xml') || part.name === '[Content_Types].xml')) throw notWorkbook()
  const unpacked = parts.reduce((sum, part) => sum + part.size, 0)
  const hidden = parts.some((part) => part.size === 0 && part.veiled)
  if (parts.length > MAX_ENTRIES || unpacked > MAX_UNPACKED_BYTES || hidden)
    throw new Refusal('FILE_TOO_LARGE', '这个文件解压后过大，不像一份台账，请另存为新的 .xlsx 后重新上传')
}

interface Part {
  name: string
  size: number
  /** Its packed size, or that it comes later (flag bit 3), contradicts a true size of 0. */
  veiled: boolean
}

function partsOf(bytes: Uint8Array, view: DataView): Part[] {
  const end = directoryEnd(bytes, view)
  const count = view.getUint16(end + 10, true)
  const parts: Part[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count && i <= MAX_ENTRIES; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw notWorkbook()
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const veiled = !name.endsWith('/') && (view.getUint32(at + 20, true) > 0 || (view.getUint16(at + 8, true) & 8) > 0)
    parts.push({ name, size: view.getUint32(at + 24, true), veiled })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return parts
}

function directoryEnd(bytes: Uint8Array, view: DataView): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at--) if (view.getUint32(at, true) === DIRECTORY_END) return at
  throw notWorkbook()
}

/** Office wraps a password-protected .xlsx into the container of the old .xls; its stream is named in UTF-16. */
function oldFormat(bytes: Uint8Array): Refusal {
  const locked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'))
  return locked
    ? new Refusal('FILE_LOCKED', '这个工作簿设了打开密码，请在 WPS 或 Excel 中去掉密码后重新上传')
    : new Refusal('FILE_FORMAT', '这是旧的 .xls（或 .et）文件，请用 WPS 或 Excel 另存为 .xlsx 后重新上传')
}

const notWorkbook = () => new Refusal('FILE_FORMAT', '这不是 Excel 工作簿，请上传 .xlsx 文件')
