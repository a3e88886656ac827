import { Enterprise, type EnterpriseFacts, ScaleClass } from '../enterprise/enterprise.entity.js'
import { checkCharacter } from '../enterprise/uscc.js'
import type { Day } from '../shared/days.js'
import type { Kind, Trade } from './content.js'
import { someone, somePhone } from './people.js'
import type { Random } from './random.js'
import { plain } from './plain.js'

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** The n-th credit code of 安溪县 that is valid and nobody's: no registry gave out subjects that begin with DEM. */
export function demoUscc(form: string, n: number): string {
  let digits = ''
  for (let left = n; digits.length < 5; left = Math.floor(left / SYMBOLS.length)) digits = SYMBOLS[left % SYMBOLS.length]! + digits
  const subject = `DEM${digits}`
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * parseInt(subject[i]!, 36), 0)
  const check = (11 - (sum % 11)) % 11
  const first17 = `${form}350524${subject}${check === 10 ? 'X' : check}`
  return first17 + checkCharacter(first17)
}

const FIRST = [...'福瑞宏嘉永德恒益安信']
const LUCK = [...'春香茂盛源泰隆兴丰顺昌和']
const LEVELS = [
  ['', 30],
  ['三级', 27],
  ['小微达标', 22],
  ['未达标', 21],
] as const

export interface Village {
  code: string
  name: string
}
export interface Business {
  n: number
  town: string
  village: Village
  trade: Trade
  kind: Kind
  /** 责任空白: nobody took it on yet. */
  orphan: boolean
}

/** The n-th fictional enterprise; its number stands in its name and in the names of its accounts. */
export function enterpriseOf({ n, town, village, trade, kind, orphan }: Business, enteredOn: Day, random: Random): Enterprise {
  const staffCount = random.whole(...kind.staff)
  const form = kind.form !== '92' || random.percent(93) ? kind.form : null
  const level = random.weighted(LEVELS)
  const enterprise = Object.assign(new (plain(Enterprise))(), { id: random.id(Date.parse(enteredOn)), enteredOn, phone: somePhone(random) })
  enterprise.describe({
    name: `安溪县${town}${random.pick(FIRST)}${random.pick(LUCK)}${n}号${kind.ending}`,
    division: village.code,
    address: `${town}镇${village.name}${random.whole(1, 180)}号`,
    trade: trade.name,
    staffCount,
    scaleClass: staffCount >= 200 ? ScaleClass.ABOVE_SCALE : staffCount >= 30 ? ScaleClass.MEDIUM : ScaleClass.SMALL_MICRO,
    legalRep: someone(random),
    principal: someone(random),
    ...(orphan ? {} : { station: trade.station }),
    ...(form ? { uscc: demoUscc(form, n) } : { noUsccReason: kind.form ? '家庭作坊，营业执照正在办理' : '在建项目，没有独立的信用代码' }),
    ...(staffCount >= 10 ? { safetyOfficer: someone(random) } : {}),
    ...(level ? { standardLevel: level } : {}),
  } as EnterpriseFacts)
  return enterprise
}

/** So many kinds of enterprise as the trades' weights say, the first a tea factory, the others mixed. */
export function mixOf(trades: readonly Trade[], many: number, random: Random): { trade: Trade; kind: Kind }[] {
  const total = trades.reduce((sum, trade) => sum + trade.weight, 0)
  const mix = Array.from({ length: many }, (_, i) => {
    let left = ((i + 0.5) * total) / many
    const trade = trades.find((one) => (left -= one.weight) <= 0) ?? trades[0]!
    return { trade, kind: random.pick(trade.kinds) }
  })
  const [first, ...others] = mix
  return first ? [{ trade: first.trade, kind: first.trade.kinds[0]! }, ...random.shuffle(others)] : []
}
