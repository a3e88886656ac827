import { CODE_LENGTH } from '../division/division.entity.js'
import type { Reader } from '../shared/read/reader.js'
import type { Reading } from '../shared/read/reading.js'
import { TRUE } from '../shared/read/sql.js'
import { type RiskFigures, riskByBoth, together } from '../statistics/riskByPlace.js'
import type { Names, Place } from './names.js'
import type { BoardColorPlace, BoardColors } from './snapshot.js'
import type { Tally } from './tally.js'

/** 四色分布 of a board's scope: of all, of each village (a county's of each town) and of each station. */
export async function colorsOf(reader: Reader, { digits }: Pick<Tally, 'digits'>, names: Names, reading: Reading): Promise<BoardColors> {
  const [places, stations] = await riskByBoth(reader, reading, [digits === CODE_LENGTH.TOWN ? 'TOWN' : 'VILLAGE', 'STATION'], TRUE)
  const all = together(places)
  return {
    ...{ firms: all.firmsBy, firmsNone: all.firmsNone, points: all.pointsBy, coverageRate: all.coverageRate },
    places: coloredPlaces(names.divisions, places, names),
    stations: coloredPlaces(names.stations, stations, names),
  }
}

/** Every place in force, and those beside them where enterprises stand. */
function coloredPlaces(places: readonly Place[], groups: readonly RiskFigures[], { nameOf }: Names): BoardColorPlace[] {
  const others = groups.filter(({ key }) => !places.some(({ code }) => code === key)).map(({ key }) => ({ code: key, name: key ? nameOf(key) : '未分配' }))
  return [...places, ...others].map(({ code, name }) => {
    const group = groups.find(({ key }) => key === code) ?? together([])
    return { code, name, color: group.color ?? null, firms: group.firmsBy, firmsNone: group.firmsNone, coverageRate: group.coverageRate }
  })
}
