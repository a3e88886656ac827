import { unzipSync } from 'fflate'
import { extractText, getDocumentProxy } from 'unpdf'

/** What a PDF says, sheet by sheet, as another program reads it. */
export async function pdfPages(bytes: Buffer): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false })
  return text
}

/** What a .docx says, paragraph by paragraph. */
export function wordLines(bytes: Buffer): string[] {
  const markup = Buffer.from(unzipSync(bytes)['word/document.xml']!).toString('utf8')
  return [...markup.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t xml:space="preserve">([^<]*)<\/w:t>/g)]
      .map(([, raw]) => raw!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
      .join(''),
  )
}

/** Without the room between letters, and without numbers of pages: what two files of one paper have in common. */
export const bare = (text: string | string[]): string =>
  [text]
    .flat()
    .join('\n')
    .replace(/— \d+ —/g, '')
    .replace(/\s/g, '')
