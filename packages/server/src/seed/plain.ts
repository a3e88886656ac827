/**
 * A thing whose data are plain properties. The ORM gives each property of each entity a getter and a setter of its own to
 * notice changes; of a million that are never watched, that is most of the time and memory. Same rules, same prototype.
 */
export function plain<T extends object>(thing: new () => T): new () => T {
  const known = plains.get(thing)
  if (known) return known as new () => T
  const plainThing = class extends (thing as new () => object) {}
  for (let proto = thing.prototype as object | null; proto && proto !== Object.prototype; proto = Object.getPrototypeOf(proto) as object | null)
    for (const [name, { set, get }] of Object.entries(Object.getOwnPropertyDescriptors(proto)))
      if (set && !get) Object.defineProperty(plainThing.prototype, name, { value: undefined, writable: true, configurable: true })
  Object.defineProperty(plainThing.prototype, 'constructor', { value: thing })
  plains.set(thing, plainThing)
  return plainThing as new () => T
}

const plains = new WeakMap<object, new () => object>()
