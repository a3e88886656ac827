export type Color = 'RED' | 'ORANGE' | 'YELLOW' | 'BLUE'
export type Factor = 'PERSON' | 'OBJECT' | 'ENVIRONMENT' | 'MANAGEMENT'
export type MeasureClass = 'ENGINEERING' | 'MANAGEMENT' | 'TRAINING' | 'PPE' | 'EMERGENCY'

/** Worst first. */
export const COLORS: readonly Color[] = ['RED', 'ORANGE', 'YELLOW', 'BLUE']
export const FACTORS: readonly Factor[] = ['PERSON', 'OBJECT', 'ENVIRONMENT', 'MANAGEMENT']
export const CLASSES: readonly MeasureClass[] = ['ENGINEERING', 'MANAGEMENT', 'TRAINING', 'PPE', 'EMERGENCY']
export const GROUNDS = ['LAW_VIOLATED', 'ACCIDENT_BEFORE', 'MAJOR_INSTALLATION', 'CROWD_EXPOSED', 'EXPERT'] as const
export const LEVELS = ['COMPANY', 'WORKSHOP', 'POST'] as const
export const CAUSES = ['PERIODIC', 'PERSON', 'MACHINE', 'MATERIAL', 'METHOD', 'ENVIRONMENT', 'LAW', 'ACCIDENT', 'HAZARD_CLOSED', 'STATION'] as const

/** Fill and ink of each colour, as the tags have them: the ink reads at 4.5 : 1 on its fill. */
export const FILL: Record<Color, { fill: string; ink: string }> = {
  RED: { fill: '#c8000a', ink: '#fff' },
  ORANGE: { fill: '#f59a23', ink: '#222' },
  YELLOW: { fill: '#ffd400', ink: '#222' },
  BLUE: { fill: '#1456b8', ink: '#fff' },
}

/** Of some colours the worst. */
export const worst = (colors: Iterable<Color | null | undefined>): Color | undefined => {
  const all = new Set(colors)
  return COLORS.find((color) => all.has(color))
}
