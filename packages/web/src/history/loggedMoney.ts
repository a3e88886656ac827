/** The log keeps money as the columns do, in fen; people read yuan. */
const FEN = /Fen$/

export const isMoney = (field: string): boolean => FEN.test(field)
export const inYuan = (fen: string): string => (Number(fen) / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })
/** `fundFen`, 整改资金（分） → `fundYuan`, 整改资金（元） */
export const askedInYuan = (field: string, label: string): [field: string, label: string] => [field.replace(FEN, 'Yuan'), label.replace('（分）', '（元）')]
