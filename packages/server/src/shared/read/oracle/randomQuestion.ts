import fc from 'fast-check'
import { getNamedType, type GraphQLSchema, isObjectType } from 'graphql'
import { dataOfThing, datumOf, type ThingClass } from '../../datum.js'
import type { Question, Records, Shown } from './question.js'
import type { Random } from './random.js'
import { RandomGroups } from './randomGroups.js'

/** Whole questions: which list, which of its rows, what of them, and what of that which points at them. */
export class RandomQuestion {
  readonly #groups: RandomGroups
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
  ) {
    this.#groups = new RandomGroups(schema, random)
  }

  /** A page of rows. */
  list(field: string, target: ThingClass, most = 60): fc.Arbitrary<Question> {
    return fc
      .record({
        ...{ where: this.#where(target), orderBy: this.random.orderBy(target), total: fc.boolean() },
        ...{ first: fc.nat(most), offset: fc.oneof(fc.constant(0), fc.nat(12)), shown: this.shown(target) },
      })
      .map(({ first, offset, shown, ...rest }) => ({ field, thing: target.name, ...rest, page: { first, offset, shown } }))
  }

  /** Figures of rows, or of those that point at the rows of a page. */
  figures(field: string, target: ThingClass): fc.Arbitrary<Question> {
    const many = this.#manyOf(target)
    const own = this.#figuresOf(field, target, 1_000)
    if (!many.length) return own
    const below = fc.constantFrom(...many).chain((name) => this.#figuresOf(name, datumOf(target, name)!.target!(), 15))
    const above = fc.tuple(this.#where(target), this.random.orderBy(target), fc.array(below, { minLength: 1, maxLength: 2 })).map(([where, orderBy, some]) => ({
      ...{ field, thing: target.name, where, orderBy },
      page: { first: 30, offset: 0, shown: { fields: ['id'], links: {}, many: some } },
    }))
    return fc.oneof({ weight: 4, arbitrary: own }, { weight: 1, arbitrary: above })
  }

  #figuresOf(field: string, target: ThingClass, most: number): fc.Arbitrary<Question> {
    const groups = this.#groups.grouping(target, most).chain((grouping) =>
      fc.option(this.#records(target), { nil: undefined, freq: 2 }).map((records) => ({
        ...grouping,
        ...(records ? { records: { ...records, first: Math.min(records.first, Math.floor(most > 100 ? 2_000 / grouping.limit || 3 : 3)) } } : {}),
      })),
    )
    return fc
      .record({
        where: this.#where(target),
        total: fc.constant(true),
        aggregate: fc.option(this.#groups.families(target), { nil: undefined, freq: 1 }),
        groups: fc.option(groups, { nil: undefined, freq: 5 }),
        distinct: fc.option(this.#distinct(target), { nil: undefined, freq: 1 }),
      })
      .map((rest) => ({ field, thing: target.name, ...rest }))
  }

  #records = (target: ThingClass): fc.Arbitrary<Records> => fc.record({ first: fc.nat(4), orderBy: this.random.orderBy(target), shown: this.shown(target, 1) })

  #distinct(target: ThingClass): fc.Arbitrary<NonNullable<Question['distinct']>> {
    const fields = this.random.fieldsOf(target).filter((name) => datumOf(target, name)!.group !== false)
    return fc.constantFrom(...fields).chain((field) =>
      fc.record({
        field: fc.constant(field),
        contains: fc.option(this.random.operands.piece(target, field), { nil: undefined, freq: 1 }),
        limit: fc.nat(20),
      }),
    )
  }

  #where = (target: ThingClass) => fc.option(this.random.where(target), { nil: undefined, freq: 8 })

  shown(target: ThingClass, depth = 0): fc.Arbitrary<Shown> {
    const data = dataOfThing(target).filter((datum) => datum.shown)
    const plain = data.filter(({ kind }) => !['link', 'lookup', 'many', 'derived'].includes(kind)).map(({ name }) => name)
    const links = depth < 2 ? data.filter(({ kind }) => kind === 'link' || kind === 'lookup').map(({ name }) => name) : []
    const many = depth < 1 ? this.#manyOf(target) : []
    const fields = fc.uniqueArray(fc.constantFrom(...plain), { minLength: 1, maxLength: 3 })
    const chosen = links.length ? fc.uniqueArray(fc.constantFrom(...links), { maxLength: 2 }) : fc.constant<string[]>([])
    const below = many.length ? fc.constantFrom(...many).chain((name) => this.#below(target, name)) : undefined
    const some = below
      ? fc.oneof({ weight: 4, arbitrary: fc.constant<Question[]>([]) }, { weight: 1, arbitrary: fc.array(below, { maxLength: 2 }) })
      : fc.constant<Question[]>([])
    return fc.tuple(fields, chosen, some).chain(([names, relations, questions]) =>
      fc.tuple(...relations.map((name) => this.shown(datumOf(target, name)!.target!(), depth + 1))).map((inner) => ({
        fields: ['id', ...names.filter((name) => name !== 'id')],
        links: Object.fromEntries(relations.map((name, i) => [name, inner[i]!])),
        many: questions,
      })),
    )
  }

  /** A page of what points at a row. */
  #below(target: ThingClass, name: string): fc.Arbitrary<Question> {
    const to = datumOf(target, name)!.target!()
    return fc
      .record({ where: this.#where(to), orderBy: this.random.orderBy(to), total: fc.boolean(), first: fc.nat(6), offset: fc.nat(2), shown: this.shown(to, 2) })
      .map(({ first, offset, shown, ...rest }) => ({ field: name, thing: to.name, ...rest, page: { first, offset, shown } }))
  }

  #manyOf(target: ThingClass): string[] {
    const type = this.schema.getType(target.name)
    if (!isObjectType(type)) return []
    const fields = type.getFields()
    return dataOfThing(target)
      .filter(({ name, kind }) => kind === 'many' && fields[name] && isObjectType(getNamedType(fields[name].type)))
      .map(({ name }) => name)
  }
}
