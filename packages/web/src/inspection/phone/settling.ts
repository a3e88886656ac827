let all: Promise<unknown> = Promise.resolve()

/** Work that a touch has begun and that must be done before the check is handed in: a picture being kept, a signature. */
export const settle = <T>(work: Promise<T>): Promise<T> => {
  all = Promise.allSettled([all, work])
  return work
}
export const settled = (): Promise<unknown> => all
