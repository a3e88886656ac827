import { Refusal } from '../shared/refusal.js'
import { half, sameKey } from '../shared/sameKey.js'
import { nearest } from './alike.js'
import { STATION_WORDS } from './stationWords.js'

export interface Place {
  code: string
  name: string
}
export interface StationPlace extends Place {
  aliases?: string | null | undefined
}

/** The villages and stations of the town whose ledger is read. */
export class Places {
  readonly #villages = new Map<string, Place>()
  readonly #stations = new Map<string, StationPlace>()
  /** A ledger says the same few words ten thousand times. */
  readonly #villagesSaid = new Map<string, Place | undefined>()
  readonly #stationsSaid = new Map<string, StationPlace | undefined>()

  /** `above` are the names of the town, its county, city and province: 金谷镇, 安溪县, 泉州市, 福建省. */
  constructor(
    readonly town: Place,
    readonly villages: readonly Place[],
    readonly stations: readonly StationPlace[],
    private readonly above: readonly string[] = [],
  ) {
    for (const village of villages) this.#villages.set(core(village.name), village)
    for (const station of stations) for (const word of wordsOf(station)) if (!this.#stations.has(word)) this.#stations.set(word, station)
  }

  /** 景坑村, 景坑, 金谷镇景坑村, 景坑村委会, 景坑村3组, 350524106208. `hint` is where the address may tell of two the right one. */
  village(text: string, hint = ''): Place {
    const found = this.findVillage(text)
    if (found) return found
    const word = core(this.#below(text))
    if (!word || this.#isAbove(text)) throw new Refusal('VILLAGE', `没有写到村，请填${this.town.name}的村名`)
    if (/[、,，/;；]/.test(half(text)) && text.split(/[、,，/;；]/).every((part) => this.findVillage(part)))
      throw new Refusal('VILLAGE', '写了几个村，请只填企业所在的一个村')
    const { best, others } = nearest(word, this.#villages, 0.5)
    const meant = best ?? others.find((village) => half(hint).includes(village.name))
    if (meant) throw new Refusal('VILLAGE', `不是${this.town.name}的村，您要填的是不是“${meant.name}”？`, { suggestion: meant.name })
    throw new Refusal(
      'VILLAGE',
      `不是${this.town.name}的村${others.length ? `，可能是${others.map((v) => `“${v.name}”`).join('、')}` : ''}，请按“村”的全称填写`,
    )
  }

  findVillage(text: string): Place | undefined {
    return once(this.#villagesSaid, text, () => this.#lookForVillage(text))
  }
  #lookForVillage(text: string): Place | undefined {
    const key = this.#below(text)
    const exact = this.#villages.get(core(key)) ?? this.villages.find((village) => village.code === key)
    if (exact) return exact
    const bare = this.#villages.get(core(this.#below(half(text).replace(/\(.*?\)/g, ''))))
    // 景坑村3组, 景坑村下坑角落: the village's full name stands first.
    return bare ?? this.villages.find((village) => key.startsWith(sameKey(village.name)) && !/[、,，/;；]/.test(half(text)))
  }

  /** The one village that an address names, if it names one only. */
  villageIn(address: string): Place | undefined {
    const key = this.#below(address)
    const named = this.villages.filter((village) => key.includes(sameKey(village.name)))
    return named.length === 1 ? named[0] : undefined
  }

  station(text: string): StationPlace {
    const found = this.findStation(text)
    if (found) return found
    const { best, others } = nearest(stationKey(this.#below(text)), this.#stations, 0.4)
    const meant = best ?? others[0]
    if (meant) throw new Refusal('STATION', `不是${this.town.name}的站所，您要填的是不是“${meant.name}”？`, { suggestion: meant.name })
    throw new Refusal('STATION', `不是${this.town.name}的站所，请填站所名称，如“${this.stations[0]?.name ?? '镇安办'}”；没有主管站所的留空`)
  }

  findStation(text: string): StationPlace | undefined {
    return once(this.#stationsSaid, text, () => this.#lookForStation(text))
  }
  #lookForStation(text: string): StationPlace | undefined {
    const key = sameKey(text)
    const code = this.stations.find((station) => sameKey(station.code) === key)
    const below = this.#below(text)
    const spellings = [key, below, half(text).replace(/\(.*?\)/g, ''), this.#withoutTown(below)]
    return code ?? spellings.map((spelling) => this.#stations.get(stationKey(spelling))).find(Boolean)
  }

  #below(text: string): string {
    let key = sameKey(text)
    for (const name of [...this.above, this.town.name].map(sameKey)) if (key.startsWith(name)) key = key.slice(name.length)
    return key
  }
  /** 金谷派出所: the town's name without 镇. */
  #withoutTown(key: string): string {
    const short = sameKey(this.town.name).replace(/(镇|乡|街道)$/, '')
    return key.startsWith(short) ? key.slice(short.length) : key
  }
  #isAbove = (text: string): boolean => [...this.above, this.town.name].some((name) => sameKey(name) === sameKey(text))
}

function once<T>(said: Map<string, T>, text: string, find: () => T): T {
  if (!said.has(text)) said.set(text, find())
  return said.get(text)!
}

const core = (name: string) => sameKey(name).replace(/(村民委员会|居民委员会|村委会|居委会|村居委会|社区|行政村|村|居)$/, '')

/** 镇安办公室, 安办, 金谷镇安办 are one; so are 工作站 and 站, 办公室 and 办. */
const stationKey = (text: string): string =>
  sameKey(text)
    .replace(/^(镇政府|镇|乡|街道|县)/, '')
    .replace(/监督管理/, '监管')
    .replace(/办公室$/, '办')
    .replace(/(管理|工作)(站|所)$/, '$2')

function* wordsOf(station: StationPlace): Iterable<string> {
  const names = [station.name, ...(station.aliases ?? '').split(/[、，,;；|\n]/), ...(STATION_WORDS[station.code] ?? [])]
  for (const name of names.map(half).filter(Boolean)) {
    yield stationKey(name)
    const bare = name.replace(/\(.*?\)/g, '')
    for (const part of [bare, ...bare.split(/[/或]/), ...[...name.matchAll(/\((.*?)\)/g)].flatMap((m) => m[1]!.split('/'))])
      if (part.trim()) yield stationKey(part)
  }
}
