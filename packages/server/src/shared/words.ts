/** The words of an enumeration as the graph's own descriptions of its values: the one place where the server says them. */
export const worded = <Value extends string>(names: Record<Value, string>): Record<Value, { description: string }> =>
  Object.fromEntries(Object.entries<string>(names).map(([value, description]) => [value, { description }])) as Record<Value, { description: string }>
