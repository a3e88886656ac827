/** The parts of a .docx that are the same in every paper. */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MIME = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export const DOCUMENT_HEAD =
  `${HEAD}<w:document ${W} ${R} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>'

/** Names of faces that an office computer has, each with what stands in for it; none is shipped. */
const ALTERNATIVES: [string, string][] = [
  ['仿宋_GB2312', '仿宋,FangSong,Noto Serif CJK SC'],
  ['楷体_GB2312', '楷体,KaiTi,Noto Serif CJK SC'],
  ['方正小标宋简体', '宋体,SimSun,Noto Serif CJK SC'],
  ['黑体', 'SimHei,Noto Sans CJK SC'],
  ['宋体', 'SimSun,Noto Serif CJK SC'],
]
const FONTS = ALTERNATIVES.map(
  ([name, instead]) =>
    `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>`,
).join('')

const NUMBER_RUN = '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'
const run = (content: string) => `<w:r>${NUMBER_RUN}${content}</w:r>`
/** — 1 —, one character in from the outer side. */
const number = (side: 'left' | 'right') =>
  `<w:p><w:pPr><w:ind w:left="280" w:right="280"/><w:jc w:val="${side}"/></w:pPr>${run('<w:t xml:space="preserve">— </w:t>')}${run('<w:fldChar w:fldCharType="begin"/>')}${run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')}${run('<w:fldChar w:fldCharType="end"/>')}${run('<w:t xml:space="preserve"> —</w:t>')}</w:p>`
const foot = (content: string) => `${HEAD}<w:ftr ${W}>${content}</w:ftr>`
const FEET = { numberedOdd: number('right'), numberedEven: number('left'), plainOdd: '<w:p/>', plainEven: '<w:p/>' }

export const FIXED_PARTS: Record<string, string> = {
  '[Content_Types].xml':
    `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>' +
    `<Override PartName="/word/document.xml" ContentType="${MIME}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${MIME}.styles+xml"/>` +
    `<Override PartName="/word/settings.xml" ContentType="${MIME}.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="${MIME}.fontTable+xml"/>` +
    `${Object.keys(FEET)
      .map((name) => `<Override PartName="/word/${name}.xml" ContentType="${MIME}.footer+xml"/>`)
      .join('')}</Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="document" Type="${RELATION}/officeDocument" Target="word/document.xml"/></Relationships>`,
  'word/styles.xml': `${HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`,
  'word/settings.xml': `${HEAD}<w:settings ${W}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/></w:settings>`,
  'word/fontTable.xml': `${HEAD}<w:fonts ${W}>${FONTS}</w:fonts>`,
  ...Object.fromEntries(Object.entries(FEET).map(([name, content]) => [`word/${name}.xml`, foot(content)])),
}

export const relationsOf = (pictures: readonly string[]): string => {
  const one = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`
  const fixed = ['styles', 'settings', 'fontTable'].map((part) => one(part, part, `${part}.xml`))
  const feet = Object.keys(FEET).map((name) => one(name, 'footer', `${name}.xml`))
  const media = pictures.map((name) => one(name.split('.')[0]!, 'image', `media/${name}`))
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${[...fixed, ...feet, ...media].join('')}</Relationships>`
}
