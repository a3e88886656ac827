import type { GraphQLSchema } from 'graphql'
import { computed, reactive, type ShallowRef, watch } from 'vue'
import { remember, remembered } from '../../shared/preferences'
import { viewer } from '../../shared/session'
import { keyFields, orderFields, rowFields, type RowField, type Thing, thingsOf } from '../catalog'
import { type Draft, emptyDraft, keyPath, MOST_GROUPS, MOST_ROWS } from '../draft'
import { familiesOf } from '../measureText'
import { writeQuestion } from '../write'

const FIRST_COLUMNS = 6
/** What most questions are about. */
const USUAL = 'hazards'
const OWN_NAMES = ['number', 'name']

/** A question in the making: what there is to choose from, and the query it comes to. */
export function useBuilder(schema: ShallowRef<GraphQLSchema | undefined>) {
  const key = `anbiao.questions.build.${viewer.value?.id ?? ''}`
  const draft = reactive<Draft>({ ...emptyDraft(), ...remembered<Partial<Draft>>(key, {}) })
  watch(draft, (now) => remember(key, now), { deep: true })

  const things = computed(() => (schema.value ? thingsOf(schema.value) : []))
  const thing = computed(() => things.value.find(({ root }) => root === draft.thing))
  watch(things, (all) => {
    const first = all.find(({ root }) => root === USUAL) ?? all[0]
    if (first && !thing.value) begin(first)
  })

  function begin(one: Thing): void {
    const keys = one.key ? keyFields(one.key) : []
    const key = keys.find(({ path }) => path.join('.') === 'division') ?? keys[0]
    Object.assign(draft, emptyDraft(one.root), {
      answer: one.group ? 'GROUPS' : 'ROWS',
      keys: key ? [{ path: key.path }] : [],
      columns: firstColumns(one),
      order: one.group ? [{ by: 'count', down: true }] : [],
    } satisfies Partial<Draft>)
  }

  const groups = computed(() => draft.answer === 'GROUPS' && !!thing.value?.group)
  const keys = computed(() => (thing.value?.key ? keyFields(thing.value.key) : []))
  const families = computed(() => (thing.value ? familiesOf(thing.value) : []))
  const measures = computed(() => families.value.flatMap((family) => family.measures))
  const columns = computed(() => (thing.value ? rowFields(thing.value.type) : []))
  const chosenMeasures = computed(() => measures.value.filter(({ path }) => draft.measures.includes(path)))
  const orders = computed(() => {
    if (!groups.value) return orderFields(thing.value?.order, thing.value!.type).map(({ path, label }) => ({ path: path.join('.'), label }))
    const byKey = draft.keys.map((key) => ({
      path: keyPath(key, draft.keys),
      label: keys.value.find(({ path }) => path.join() === key.path.join())?.label ?? '',
    }))
    return [...chosenMeasures.value, ...byKey]
  })
  const havings = computed(() => {
    const known = thing.value?.having?.getFields() ?? {}
    return measures.value.filter(({ path }) => known[path.split('.')[0] ?? ''] && !/^(min|max)\./.test(path))
  })
  // An order by what is no longer measured would not be kept; the first measure takes its place.
  watch(
    () => [...draft.measures],
    ([first], before) => {
      const gone = before.filter((path) => !draft.measures.includes(path))
      if (first && gone.length) draft.order = draft.order.map((one) => (gone.includes(one.by) ? { ...one, by: first } : one))
    },
  )
  const most = computed(() => (groups.value ? MOST_GROUPS : MOST_ROWS))
  /** Groups and records are ordered by different things. */
  function answerWith(answer: Draft['answer']): void {
    Object.assign(draft, {
      answer,
      order: answer === 'GROUPS' ? [{ by: 'count', down: true }] : [],
      limit: Math.min(draft.limit, MOST_ROWS),
    } satisfies Partial<Draft>)
  }

  const query = computed(() => {
    if (!thing.value) return undefined
    const mode = groups.value ? 'GROUPS' : 'ROWS'
    return writeQuestion({ ...draft, answer: mode }, thing.value)
  })
  const startOver = () => things.value[0] && begin(thing.value ?? things.value[0])
  return { draft, things, thing, begin, groups, keys, families, columns, orders, havings, most, query, startOver, answerWith }
}

/** What a list first shows: how its things are called, where they belong, and what kind they are. */
function firstColumns(thing: Thing): string[][] {
  const fields = rowFields(thing.type).filter(({ path }) => !['id', 'version'].includes(path[0] ?? ''))
  const rank = ({ path }: RowField) => {
    const [own = '', inner] = path
    if (inner) return inner === 'name' && own === 'enterprise' ? 1 : 9
    if (OWN_NAMES.includes(own)) return 0
    return ['stage', 'severity', 'foundOn', 'dueOn', 'division', 'trade', 'station'].includes(own) ? 2 : 5
  }
  return fields
    .map((field, at) => ({ field, at }))
    .sort((a, b) => rank(a.field) - rank(b.field) || a.at - b.at)
    .slice(0, FIRST_COLUMNS)
    .map(({ field }) => [...field.path])
}
