import { computed, reactive, ref } from 'vue'

interface Size {
  width: number
  height: number
}
interface Held {
  x: number
  y: number
}

const CLOSEST = 12

/** The part of a plan that is seen: moved by dragging the ground, brought nearer by wheel, pinch or buttons. Only the view box changes. */
export function usePanZoom(size: () => Size, svg: () => SVGSVGElement | null) {
  const zoom = ref(1)
  const centre = reactive({ x: 0.5, y: 0.5 })
  const held = new Map<number, Held>()

  const part = computed(() => {
    const { width, height } = size()
    const [w, h] = [width / zoom.value, height / zoom.value]
    return { x: clamp(centre.x * width - w / 2, width - w), y: clamp(centre.y * height - h / 2, height - h), w, h }
  })
  const clamp = (value: number, most: number) => Math.min(Math.max(0, value), Math.max(0, most))

  /** Where on the plan a point of the screen lies, in the picture's own pixels. */
  function at({ clientX, clientY }: { clientX: number; clientY: number }): Held {
    const matrix = svg()?.getScreenCTM()
    if (!matrix) return { x: 0, y: 0 }
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse())
    return { x, y }
  }
  function look(to: Held): void {
    const { width, height } = size()
    centre.x = Math.min(1, Math.max(0, to.x / width))
    centre.y = Math.min(1, Math.max(0, to.y / height))
  }
  /** Nearer or farther, with the place under the pointer staying where it is. */
  function scaleBy(factor: number, on?: Held): void {
    const before = part.value
    const to = on ?? { x: before.x + before.w / 2, y: before.y + before.h / 2 }
    const next = Math.min(CLOSEST, Math.max(1, zoom.value * factor))
    const real = next / zoom.value
    zoom.value = next
    look({ x: to.x + (before.x + before.w / 2 - to.x) / real, y: to.y + (before.y + before.h / 2 - to.y) / real })
  }
  const spread = () => {
    const [a, b] = [...held.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }

  return {
    zoom,
    viewBox: computed(() => `${part.value.x} ${part.value.y} ${part.value.w} ${part.value.h}`),
    at,
    scaleBy,
    whole: () => {
      zoom.value = 1
      look({ x: size().width / 2, y: size().height / 2 })
    },
    wheel: (event: WheelEvent) => scaleBy(event.deltaY < 0 ? 1.2 : 1 / 1.2, at(event)),
    down: (event: PointerEvent) => void held.set(event.pointerId, { x: event.clientX, y: event.clientY }),
    up: (event: PointerEvent) => void held.delete(event.pointerId),
    move: (event: PointerEvent) => {
      const before = held.get(event.pointerId)
      if (!before) return
      const wide = spread()
      held.set(event.pointerId, { x: event.clientX, y: event.clientY })
      if (held.size === 2 && wide) return scaleBy(spread() / wide, at(event))
      const [from, to] = [at({ clientX: before.x, clientY: before.y }), at(event)]
      const { x, y, w, h } = part.value
      look({ x: x + w / 2 + from.x - to.x, y: y + h / 2 + from.y - to.y })
    },
  }
}
