export const rateText = (rate: number | null | undefined) => (rate === null || rate === undefined ? '—' : `${rate.toFixed(1)}%`)
