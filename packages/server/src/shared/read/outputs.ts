import {
  getNullableType,
  GraphQLBoolean,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isInputType,
  isOutputType,
  type GraphQLInputType,
  parseType,
  typeFromAST,
} from 'graphql'
import type { Context } from '../context.js'
import { type Datum, dataOfThing, type ThingClass, thingOf } from '../datum.js'
import { aggregatesOf } from './aggregate.js'
import { distinctValues } from './distinctValues.js'
import { figuresFor } from './figures.js'
import { type GroupArgs, groupsOf } from './groups.js'
import type { Group } from './groups.js'
import { recordsOf } from './groupRecords.js'
import { type Connection, countOf } from './list.js'
import { hasOrder, isDistinguished, isNumber } from './measure.js'
import type { Order } from './orderKeys.js'
import type { PlainRow } from './reader.js'
import { SPAN } from './span.js'

type Fields<Source> = GraphQLFieldConfigMap<Source, Context>
/**
 * The graph's answer types of lists: pages, totals, aggregates and groups, derived from what the decorators said. Plain
 * graphql-js types: their fields are read as they stand, or run the one statement they are about.
 */
export class Outputs {
  readonly #made = new Map<string, GraphQLObjectType>()
  constructor(private readonly schema: GraphQLSchema) {}

  /** A type of the schema by its name, for example `[HazardOrder!]`. */
  input(type: string): GraphQLInputType {
    const found = typeFromAST(this.schema, parseType(type))
    if (!isInputType(found)) throw new Error(`no input ${type}`)
    return found
  }

  #output(type: string): GraphQLOutputType {
    const found = typeFromAST(this.schema, parseType(type))
    if (!isOutputType(found)) throw new Error(`no output ${type}`)
    return found
  }

  #type<Source>(name: string, description: string | undefined, fields: () => Fields<Source>): GraphQLObjectType {
    let type = this.#made.get(name)
    if (!type) this.#made.set(name, (type = new GraphQLObjectType({ name, ...(description ? { description } : {}), fields })))
    return type
  }

  /** The Relay connection of a thing, its totals, aggregates and groups beside the page. */
  connection(target: ThingClass): GraphQLObjectType {
    const { name, label } = thingOf(target)
    const node = this.#output(`${name}!`)
    const edge = this.#type(`${name}Edge`, undefined, () => ({ cursor: { type: new GraphQLNonNull(GraphQLString) }, node: { type: node } }))
    const listOf = (of: GraphQLOutputType) => new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(of)))
    return this.#type<Connection>(`${name}Connection`, `${label}清单`, () => ({
      edges: { type: listOf(edge) },
      nodes: { type: listOf(this.#output(name)) },
      pageInfo: { type: this.#output('PageInfo!') },
      totalCount: {
        type: new GraphQLNonNull(GraphQLInt),
        description: '符合条件的总数（要了才数）',
        resolve: ({ rows, parent }, _args, _context, info) =>
          rows.once('total', info.fieldNodes.slice(0, 0), () => countOf(rows)).then((counts) => counts.get(parent) ?? 0),
      },
      aggregate: {
        type: new GraphQLNonNull(this.#aggregate(target)),
        description: '全部符合条件的合计，与翻页无关',
        resolve: ({ rows, parent }, _args, _context, info) =>
          rows.once('aggregate', info.fieldNodes, () => aggregatesOf(rows, info.fieldNodes, info)).then((of) => of(parent)),
      },
      groups: {
        type: new GraphQLNonNull(this.#groups(target)),
        description: '分组统计：key 下面写什么就按什么分组',
        args: {
          having: { type: this.input(`${name}Having`), description: '分组后的条件' },
          orderBy: { type: this.input('[GroupOrder!]') },
          limit: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 100, description: '最多取几组，不超过 1000' },
          fill: { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: false, description: '补齐没有数据的时段' },
        },
        resolve: ({ rows, parent }, args: GroupArgs, _context, info) =>
          rows.once('groups', info.fieldNodes, () => groupsOf(rows, info.fieldNodes, info, args)).then((of) => of(parent)),
      },
      distinctValues: {
        type: this.#output('DistinctValues!'),
        description: '一个字段有哪些值，各有几条（筛选菜单用）',
        args: {
          field: { type: this.input(`${name}Field!`) },
          contains: { type: GraphQLString, description: '只要包含这些字的' },
          limit: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 100 },
        },
        resolve: ({ rows, parent }, args: { field: string; contains?: string | null; limit: number }, _context, info) =>
          rows.once('values', info.fieldNodes, () => distinctValues(rows, args)).then((of) => of(parent)),
      },
    }))
  }

  #groups(target: ThingClass): GraphQLObjectType {
    const { name } = thingOf(target)
    return this.#type(`${name}Groups`, undefined, () => ({
      nodes: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(this.#group(target)))) },
      truncated: { type: new GraphQLNonNull(GraphQLBoolean), description: '还有更多组没有列出' },
    }))
  }

  #group(target: ThingClass): GraphQLObjectType {
    const { name, label } = thingOf(target)
    return this.#type<Group>(`${name}Group`, `一组${label}`, () => ({
      key: {
        type: new GraphQLNonNull(this.key(target)),
        resolve: (group, _args, _context, info) => group[info.path.key] ?? {},
      },
      share: { type: GraphQLFloat, description: '占全部符合条件的百分比，一位小数' },
      ...this.#measures(target),
      nodes: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(this.#output(name)))),
        description: `组里的前几条${label}`,
        args: {
          first: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 3, description: '每组最多 20 条' },
          orderBy: { type: this.input(`[${name}Order!]`) },
        },
        resolve: (group, args: { first: number; orderBy?: Order[] | null }, _context, info) =>
          group.of.rows.once('records', info.fieldNodes, () => recordsOf(group.of, info.fieldNodes, info, args)).then((of) => of.get(group) ?? []),
      },
    }))
  }

  #aggregate(target: ThingClass): GraphQLObjectType {
    const { name, label } = thingOf(target)
    return this.#type(`${name}Aggregate`, `${label}的合计`, () => this.#measures(target))
  }

  #measures(target: ThingClass): Fields<never> {
    const { name } = thingOf(target)
    const data = dataOfThing(target).filter((datum) => datum.group !== false)
    const family = (suffix: string, of: Datum[], type: (datum: Datum) => GraphQLOutputType) =>
      this.#type(`${name}${suffix}`, undefined, () => Object.fromEntries(of.map((datum) => [datum.name, { type: type(datum), description: datum.label }])))
    const nonNull = (type: GraphQLOutputType) => new GraphQLNonNull(type as GraphQLObjectType)
    const numbers = data.filter(isNumber)
    const figures = figuresFor(target)
    const extremes = family('Extremes', data.filter(hasOrder), (datum) => this.#scalar(target, datum))
    const numbersOf = () => family('Numbers', numbers, () => GraphQLFloat)
    return {
      count: { type: new GraphQLNonNull(GraphQLInt), description: '数量' },
      countDistinct: { type: nonNull(family('Distinct', data.filter(isDistinguished), () => new GraphQLNonNull(GraphQLInt))), description: '有几个不同的值' },
      ...(numbers.length ? { sum: { type: nonNull(numbersOf()), description: '合计' }, avg: { type: nonNull(numbersOf()), description: '平均' } } : {}),
      min: { type: nonNull(extremes), description: '最小、最早' },
      max: { type: nonNull(extremes), description: '最大、最晚' },
      ...(figures.length
        ? {
            figures: {
              type: nonNull(
                this.#type(`${name}Measures`, '业务指标（公式见帮助页）', () =>
                  Object.fromEntries(
                    figures.map((figure) => [
                      figure.name,
                      { type: figure.kind === 'count' ? new GraphQLNonNull(GraphQLInt) : GraphQLFloat, description: figure.label },
                    ]),
                  ),
                ),
              ),
              description: '业务指标',
            },
          }
        : {}),
    }
  }

  /** What a thing can be grouped by; a to-one relation leads on to the keys over there. */
  key(target: ThingClass): GraphQLObjectType {
    const { name, label } = thingOf(target)
    return this.#type<PlainRow>(`${name}Key`, `${label}按什么分组`, () => {
      const fields: Fields<PlainRow> = {}
      for (const datum of dataOfThing(target)) {
        if (datum.group === false || datum.kind === 'many' || datum.kind === 'derived') continue
        const resolve = (row: PlainRow, _args: unknown, _context: unknown, info: { path: { key: string | number } }) => row[info.path.key] ?? null
        if (datum.kind === 'link' || datum.kind === 'lookup') fields[datum.name] = { type: this.key(datum.target!()), description: datum.label, resolve }
        else fields[datum.name] = { type: this.#keyType(target, datum), description: datum.label, resolve, ...(isTime(datum) ? { args: SPAN } : {}) }
      }
      return fields
    })
  }

  #keyType(target: ThingClass, datum: Datum): GraphQLOutputType {
    return isTime(datum) ? GraphQLString : this.#scalar(target, datum)
  }

  /** The datum's own type in the graph; a bare column is shown as text. */
  #scalar(target: ThingClass, datum: Datum): GraphQLOutputType {
    const field = (this.schema.getType(thingOf(target).name) as GraphQLObjectType).getFields()[datum.name]
    return field ? getNullableType(field.type) : GraphQLString
  }
}

const isTime = ({ kind }: Datum) => kind === 'day' || kind === 'instant'
