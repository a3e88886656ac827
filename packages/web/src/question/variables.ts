/** The variables as typed: values, or why they are none. */
export function readVariables(text: string): { values: Record<string, unknown> } | { wrong: string } {
  if (!text.trim()) return { values: {} }
  try {
    const values: unknown = JSON.parse(text)
    if (values && typeof values === 'object' && !Array.isArray(values)) return { values: values as Record<string, unknown> }
    return { wrong: '{ … }' }
  } catch (error) {
    return { wrong: (error as Error).message }
  }
}
