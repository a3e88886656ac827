import { aPhoto } from '../aPhoto.js'
import type { Town } from '../town.js'

interface Arg {
  name: string
  type: Named
}
interface Named {
  kind: string
  name: string | null
  ofType: Named | null
}
export interface Row {
  id: string
  version: number
  [more: string]: unknown
}
const written = ({ kind, name, ofType }: Named): string => (kind === 'NON_NULL' ? `${written(ofType!)}!` : kind === 'LIST' ? `[${written(ofType!)}]` : name!)

/** The acts of the graph by their names: the types of what they are given are asked of the graph itself, a record's version is the one that it has. */
export class Deeds {
  private constructor(
    readonly town: Town,
    private readonly acts: Map<string, Arg[]>,
  ) {}

  static async of(town: Town): Promise<Deeds> {
    const type = 'kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }'
    const { __type } = await town.get<{ __type: { fields: { name: string; args: Arg[] }[] } }>(
      'admin',
      `{ __type(name: "Mutation") { fields { name args { name type { ${type} } } } } }`,
    )
    return new Deeds(town, new Map(__type.fields.map(({ name, args }) => [name, args])))
  }

  async do(who: string, act: string, given: Record<string, unknown> = {}, answer = 'id version'): Promise<Row> {
    const known = this.acts.get(act)
    if (!known) throw new Error(`no act ${act}`)
    const variables: Record<string, unknown> = { ...given }
    if (known.some(({ name, type }) => name === 'version' && type.kind === 'NON_NULL') && !('version' in given))
      variables['version'] = await this.version(String(given['id'] ?? given['hazard'] ?? given['assessment']))
    const args = known.filter(({ name }) => name in variables)
    const declared = args.map(({ name, type }) => `$${name}: ${written(type)}`).join(', ')
    const passed = args.map(({ name }) => `${name}: $${name}`).join(', ')
    const said = `mutation${args.length ? ` (${declared})` : ''} { ${act}${args.length ? `(${passed})` : ''} ${answer ? `{ ${answer} }` : ''} }`
    // No two acts at the same instant: what was before and what after is to be told apart.
    this.town.clock.now = new Date(this.town.clock.now.getTime() + 1000)
    try {
      return (await this.town.get<Record<string, Row>>(who, said, variables))[act]!
    } catch (error) {
      throw new Error(`${who} ${act} ${JSON.stringify(given)}: ${(error as Error).message}`, { cause: error })
    }
  }

  /** Of a record, as the log counts it. */
  async version(id: string): Promise<number> {
    const [row] = await this.town.store.reader.all('select count(*) as n from change where record = ?', [id])
    return Number(row!['n'])
  }

  photo = (who: string): Promise<string> => aPhoto(this.town, who)
}
