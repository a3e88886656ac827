/** Where one listener stands. */
export interface Place<Event> {
  /** The newest event, unless he has had it. */
  take(): Event | undefined
  leave(): void
}

/**
 * Events of which each listener needs the newest only. He is told that there may be one and takes it as soon as he is
 * ready: what changes for hundreds of walls costs each of them two calls, and no promise.
 */
export class Newest<Event> implements AsyncIterable<Event, void> {
  constructor(
    /** `more` is called whenever there may be an event to take, until he leaves. */
    private readonly enter: (more: () => void) => Promise<Place<Event>>,
    /** The listener leaves with it. */
    private readonly signal: AbortSignal,
  ) {}

  async open(more: () => void): Promise<Place<Event>> {
    const place = await this.enter(more)
    if (this.signal.aborted) place.leave()
    else this.signal.addEventListener('abort', () => place.leave(), { once: true })
    return place
  }

  /** What others are told of the same events; undefined: nothing of this one. */
  map<Other>(told: (event: Event) => Other | undefined): Newest<Other> {
    const enter = async (more: () => void): Promise<Place<Other>> => {
      const place = await this.enter(more)
      const take = () => {
        const event = place.take()
        return event === undefined ? undefined : told(event)
      }
      return { take, leave: () => place.leave() }
    }
    return new Newest(enter, this.signal)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void> {
    let more: () => void = () => undefined
    const place = await this.open(() => more())
    this.signal.addEventListener('abort', () => more(), { once: true })
    try {
      while (!this.signal.aborted) {
        const event = place.take()
        if (event !== undefined) yield event
        else await new Promise<void>((resolve) => (more = resolve))
      }
    } finally {
      place.leave()
    }
  }
}
