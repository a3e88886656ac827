/** The log keeps money as the columns do, in fen; people read yuan. */
const FEN = /Fen$/

export const isMoney = (field: string): boolean => FEN.test(field)
export const inYuan = (fen: string): string => `¥${(Number(fen) / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })}`
/** The names of the datum without their unit: `costFen` and its label both end in it. */
export const withoutUnit = (field: string, label: string): [field: string, label: string] => [field.replace(FEN, ''), label.replace(/（[^）]*）$/, '')]
