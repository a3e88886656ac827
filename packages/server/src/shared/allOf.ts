/** Waits for all of them, also when one has failed: nobody goes on beside whoever tries again. Fails as the first of them. */
export async function allOf<Values extends readonly unknown[]>(works: readonly [...{ [N in keyof Values]: Promise<Values[N]> }]): Promise<Values> {
  const all = works as readonly Promise<unknown>[]
  await Promise.allSettled(all)
  return (await Promise.all(all)) as unknown as Values
}
