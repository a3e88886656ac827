import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRenderer, nextTick, shallowRef } from 'vue'
import type { Pointing } from './scenes'
import { useDrill } from './useDrill'

const { createApp } = createRenderer<object, object>({
  ...{ createElement: () => ({}), createText: () => ({}), createComment: () => ({}), insert: () => undefined, remove: () => undefined },
  ...{ setText: () => undefined, setElementText: () => undefined, patchProp: () => undefined, parentNode: () => null, nextSibling: () => null },
})
const NOBODY: Pointing = {
  ...{ scene: undefined, place: undefined, firm: undefined, pointedAt: undefined },
  then: undefined,
  replay: undefined,
  meeting: undefined,
}
/** A wall with its keys, and a room that points it. */
function hung() {
  const keys = new EventTarget()
  vi.stubGlobal('addEventListener', keys.addEventListener.bind(keys))
  vi.stubGlobal('removeEventListener', keys.removeEventListener.bind(keys))
  const room = shallowRef(NOBODY)
  let drill!: ReturnType<typeof useDrill>
  const app = createApp({ setup: () => ((drill = useDrill(room)), () => null) })
  app.mount({})
  const point = (to: Partial<Pointing>) => ((room.value = { ...NOBODY, ...to }), nextTick())
  const press = (key: string) => keys.dispatchEvent(Object.assign(new Event('keydown'), { key }))
  return { drill, point, press, down: () => app.unmount(), at: () => [drill.shown.value.scene, drill.shown.value.place, drill.shown.value.firm] }
}
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what was chosen at the screen gives way to the room, also when the room points where it had pointed before', async () => {
  const { drill, point, at } = hung()
  await point({ scene: 'COLORS', place: 'A', pointedAt: '2026-01-01T08:00:00.000Z' })
  drill.choose('B')
  expect(at()).toEqual(['COLORS', 'B', undefined])
  await point({ scene: 'COLORS', place: 'A', pointedAt: '2026-01-01T08:05:00.000Z' })
  expect(at()).toEqual(['COLORS', 'A', undefined])
})

test('what the room says of something else leaves what was chosen at the screen', async () => {
  const { drill, point, at } = hung()
  drill.choose('B')
  await point({ meeting: '2026-01-01T08:00:00.000Z' })
  expect(at()).toEqual(['COLORS', 'B', undefined])
})

test('from the town to a village, to a plan, and out again by the keys; a key of the scenes leaves at once', () => {
  const { drill, press, at, down } = hung()
  drill.choose('A')
  drill.open('firm')
  press('Backspace')
  expect(at()).toEqual(['COLORS', 'A', undefined])
  press('Escape')
  expect(at()).toEqual(['COLORS', undefined, undefined])
  press('2')
  expect(at()).toEqual([undefined, undefined, undefined])
  down()
})

test('left alone, the screen is the room’s again', () => {
  const { drill, at } = hung()
  drill.open('firm')
  vi.advanceTimersByTime(10 * 60_000)
  expect(at()).toEqual([undefined, undefined, undefined])
})
