/** 规模 in words, as the enterprise's own enumeration says them. */
export const SCALE_NAMES: Record<string, string> = { ABOVE_SCALE: '规上', MEDIUM: '中等', SMALL_MICRO: '小微' }
