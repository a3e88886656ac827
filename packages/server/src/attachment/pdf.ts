import { Refusal } from '../shared/refusal.js'

const HEAD = 1_024
const TAIL = 1_024
const ZIP_TAIL = 65_557
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1')

/**
 * A PDF is kept as it is, so it must be nothing else besides: it begins and ends as a PDF, with no page of HTML in
 * front and no archive behind that another program would open instead.
 */
export function checkPdf(bytes: Buffer): void {
  const head = bytes.subarray(0, HEAD).toString('latin1')
  const tail = bytes.subarray(Math.max(0, bytes.length - TAIL)).toString('latin1')
  if (!/^%PDF-[12]\.\d/.test(head)) throw unsafe()
  if (!/%%EOF[\s\0]*$/.test(tail)) throw isCutOff(bytes) ? damaged() : unsafe()
  if (/<\s*(!doctype\s+html|html|head|body|script|svg|iframe|meta)\b/i.test(head)) throw unsafe()
  if (endsAsZip(bytes)) throw unsafe()
}

const isCutOff = (bytes: Buffer): boolean => !bytes.includes('%%EOF')

/** A zip is found from its end: the directory's closing record, whose comment reaches exactly to the last byte. */
function endsAsZip(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ZIP_END, Math.max(0, bytes.length - ZIP_TAIL)); at >= 0; at = bytes.indexOf(ZIP_END, at + 1))
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return true
  return false
}

const damaged = () => new Refusal('FILE_DAMAGED', 'PDF 不完整，没有传完或已损坏，请重新选择')
const unsafe = () => new Refusal('PDF_UNSAFE', '这个 PDF 里夹带了别的内容，不能上传，请重新打印（导出）成 PDF')
