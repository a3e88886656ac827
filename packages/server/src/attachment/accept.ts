import { fileTypeFromBuffer } from 'file-type'
import { Refusal } from '../shared/refusal.js'
import { cleanName, extensionOf, withExtension } from './fileName.js'
import { checkPdf } from './pdf.js'
import { takePhoto } from './photo.js'

export const JPEG = 'image/jpeg'
export const PDF = 'application/pdf'
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What was sent, once its content has been looked at: what is kept and how it is called. */
export interface Accepted {
  name: string
  mime: typeof JPEG | typeof PDF | typeof DOCX | typeof XLSX
  bytes: Buffer
  width?: number
  height?: number
  print?: string
}

/** Only a decoder that the machine itself brings can read these; most bring none. */
const HEIC = ['image/heic', 'image/heif']
const PHOTOS = ['image/jpeg', 'image/png', 'image/webp', ...HEIC]
/** A camera or a chat program often names a WebP `.jpg`; that is no lie that matters, for all are encoded anew. */
const PHOTO_ENDINGS = ['', 'jpg', 'jpeg', 'jfif', 'png', 'webp', 'heic', 'heif']

/** Decides by content, never by what the sender says it is; refuses in the user's words. */
export async function accept(sentName: string | undefined, bytes: Buffer): Promise<Accepted> {
  const name = cleanName(sentName)
  if (!bytes.length) throw new Refusal('FILE_EMPTY', '文件是空的，请重新选择')
  const mime = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime
  const ending = extensionOf(name)
  if (mime === PDF) {
    if (ending !== 'pdf') throw wrongEnding(ending, 'PDF 文件')
    checkPdf(bytes)
    return { name, mime: PDF, bytes }
  }
  if (mime === DOCX || mime === XLSX) {
    const [office, content] = mime === DOCX ? ['docx', ' Word 文件'] : ['xlsx', ' Excel 文件']
    if (ending !== office) throw wrongEnding(ending, content!)
    return { name, mime, bytes }
  }
  if (mime === 'application/x-cfb')
    throw new Refusal('FILE_OLD_OFFICE', '这是旧版 Word 或 Excel 文件（.doc、.xls），请用 WPS 或 Office 另存为 .docx、.xlsx 后再上传')
  if (!mime || !PHOTOS.includes(mime)) throw new Refusal('FILE_TYPE', '只能上传照片（JPG、PNG、WebP）、PDF、Word（.docx）或 Excel（.xlsx），这个文件的内容不是')
  if (!PHOTO_ENDINGS.includes(ending)) throw wrongEnding(ending, '照片')
  const photo = await takePhoto(bytes).catch((error: unknown) => Promise.reject(HEIC.includes(mime) ? heic() : (error as Error)))
  return { name: withExtension(name, 'jpg'), mime: JPEG, ...photo }
}

const wrongEnding = (ending: string, content: string) =>
  new Refusal('FILE_EXTENSION', `文件名${ending ? `以“.${ending}”结尾` : '没有扩展名'}，内容却是${content}，两者不符，请改用原来的文件`)

const heic = () => new Refusal('HEIC_UNREADABLE', '这是苹果手机的 HEIC 照片，系统读不了。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或转成 JPG 再上传')
