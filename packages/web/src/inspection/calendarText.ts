import { addDays } from '../shared/days'

export interface MarkedDay {
  day: string
  mark: 'REST' | 'WORK'
  name: string
}
export interface Written {
  days: MarkedDay[]
  /** The lines that could not be read. */
  wrong: string[]
}

/** Between two days stands a dash or one word, whichever; between the parts a blank or a comma of either width. */
const LINE = /^(\d{4}-\d{1,2}-\d{1,2})(?:\s*[^\s\d,\uff0c]{1,2}\s*(\d{4}-\d{1,2}-\d{1,2}))?[\s,\uff0c]+([^\s,\uff0c]+)[\s,\uff0c]+([^\s,\uff0c]+)$/
const full = (day: string) => day.replace(/-(\d)(?=-|$)/g, '-0$1')

/** One line a holiday or a swapped day: `2026-02-15 至 2026-02-23 放假 春节`; typed in or pasted from a table. */
export function readCalendar(text: string, words: { rest: string; work: string }): Written {
  const written: Written = { days: [], wrong: [] }
  for (const line of text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, from, to = from, mark, name] = LINE.exec(line) ?? []
    const kind = mark === words.rest || mark === 'REST' ? 'REST' : mark === words.work || mark === 'WORK' ? 'WORK' : undefined
    if (!from || !to || !kind || !name || full(to) < full(from)) {
      written.wrong.push(line)
      continue
    }
    for (let day = full(from), n = 0; day <= full(to) && n < 40; day = addDays(day, 1), n++) written.days.push({ day, mark: kind, name })
  }
  return written
}

/** The same, back into lines: days that follow each other under one name stand together. */
export function writeCalendar(days: readonly MarkedDay[], words: { rest: string; work: string; to: string }): string {
  const runs: (MarkedDay & { last: string })[] = []
  for (const one of [...days].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    const run = runs.findLast(({ mark, name }) => mark === one.mark && name === one.name)
    if (run && addDays(run.last, 1) === one.day) run.last = one.day
    else runs.push({ ...one, last: one.day })
  }
  return runs
    .map(({ day, last, mark, name }) => `${day}${last > day ? ` ${words.to} ${last}` : ''} ${mark === 'REST' ? words.rest : words.work} ${name}`)
    .join('\n')
}
