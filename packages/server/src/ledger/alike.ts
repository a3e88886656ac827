/** Characters taken for one another in names of places and offices: of one sound, or alike on paper. */
const GROUPS = [
  '谷古骨股顾固故合',
  '东冬栋车',
  '山三善杉仙出',
  '汤塘唐堂糖荡场',
  '华花化桦滑',
  '芸云耘运匀艺',
  '美梅每镁羊',
  '尚上商向',
  '景井警京惊璟影',
  '坑康杭卿抗炕',
  '河和何荷禾合',
  '洋阳杨样扬羊祥详',
  '深身申伸森',
  '中忠钟仲种',
  '溪西希熙奚悉',
  '榜帮邦旁磅傍',
  '元园圆源原沅员',
  '口扣囗',
  '内纳里肉',
  '丽立力利李莉',
  '渊园源洲沿',
  '兜都斗免蔸',
  '田天甜由',
  '头投买',
  '岭领灵林玲铃龄',
  '大达太',
  '演衍沿宴寅',
  '卿庆清青乡',
  '金今锦进津全',
  '龙隆笼',
  '湖胡葫',
  '官关管宫',
  '桥乔侨',
  '城成诚',
  '厢箱湘',
  '福富复',
  '安按案',
  '村忖材',
  '镇真',
  '峰锋丰风',
  '坪平评',
  '后候厚',
  '前钱',
  '新欣辛心',
  '石实食',
]
const groupsOf = new Map<string, Set<number>>()
GROUPS.forEach((group, i) => [...group].forEach((char) => groupsOf.set(char, (groupsOf.get(char) ?? new Set()).add(i))))

const substitution = (a: string, b: string): number => {
  if (a === b) return 0
  const groups = groupsOf.get(a)
  return groups && [...(groupsOf.get(b) ?? [])].some((group) => groups.has(group)) ? 0.4 : 1
}

/** How far one word is from another: letters added, lost, swapped or taken for one another. */
export function distance(a: string, b: string): number {
  const [from, to] = [[...a], [...b]]
  let before: number[] = []
  let last = to.map((_, j) => j).concat(to.length)
  for (let i = 1; i <= from.length; i++) {
    const line = [i]
    for (let j = 1; j <= to.length; j++) {
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? before[j - 2]! + 0.6 : Infinity
      line[j] = Math.min(last[j]! + 1, line[j - 1]! + 1, last[j - 1]! + substitution(from[i - 1]!, to[j - 1]!), swapped)
    }
    before = last
    last = line
  }
  return last[to.length]!
}

/** The nearest of some names, if it is near enough and nothing else is as near; `most` in parts of the word's length. */
export function nearest<T>(word: string, among: Iterable<readonly [key: string, value: T]>, most = 0.5): { best?: T; others: T[] } {
  const near: { value: T; far: number }[] = []
  for (const [key, value] of among) {
    const far = distance(word, key)
    if (far <= Math.max(key.length, word.length) * most && !near.some((n) => n.value === value && n.far <= far)) near.push({ value, far })
  }
  near.sort((a, b) => a.far - b.far)
  const [first, ...rest] = near
  if (!first) return { others: [] }
  const tied = rest.filter((n) => n.value !== first.value && n.far - first.far < 0.1).map((n) => n.value)
  return tied.length ? { others: [...new Set([first.value, ...tied])].slice(0, 3) } : { best: first.value, others: [] }
}
