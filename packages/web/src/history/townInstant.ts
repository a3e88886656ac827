/** The moment a clock in the town shows on a day, as the log keeps it. */
export function townInstant(day: string | undefined, clock: string): string | null {
  return day ? new Date(`${day}T${clock}+08:00`).toISOString() : null
}
