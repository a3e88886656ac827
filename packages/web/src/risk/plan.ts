import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useI18n } from 'vue-i18n'
import { graphql } from '../gql/risk'
import type { PlanPageQuery } from '../gql/risk/graphql'
import { say } from '../shared/notices'
import { useAct } from '../shared/useAct'
import type { Color } from './terms'

export type Plan = PlanPageQuery['floorPlan']
export type PlanMark = Plan['coloredMarks'][number]
export type PlanArea = Plan['coloredAreas'][number]
/** A place in thousandths of the picture's width and height. */
export interface Spot {
  x: number
  y: number
}

export const PLAN = graphql(`
  query PlanPage($id: ID!) {
    floorPlan(id: $id) {
      id
      version
      name
      storey
      width
      height
      picture
      enterprise {
        id
        name
      }
      coloredAreas {
        id
        version
        name
        color
        points
        outline {
          x
          y
        }
      }
      coloredMarks {
        id
        version
        kind
        target
        area
        x
        y
        color
        code
        name
      }
    }
  }
`)

/** The edge of a plan, in thousandths. */
export const EDGE = 1000
export const onPlan = (n: number) => Math.min(EDGE, Math.max(0, Math.round(n)))

/** What is done on a plan. */
export function usePlanActs(plan: MaybeRefOrGetter<string>) {
  const { t } = useI18n()
  const placing = useAct(
    graphql(`
      mutation PlaceMark($plan: ID!, $kind: MarkKind!, $target: ID!, $x: Int!, $y: Int!, $label: String) {
        floorMarkPlace(plan: $plan, kind: $kind, target: $target, x: $x, y: $y, label: $label) {
          id
          version
        }
      }
    `),
  )
  const moving = useAct(
    graphql(`
      mutation MoveMark($id: ID!, $version: Int!, $x: Int!, $y: Int!) {
        floorMarkMove(id: $id, version: $version, x: $x, y: $y) {
          id
          version
          x
          y
        }
      }
    `),
  )
  const binding = useAct(
    graphql(`
      mutation BindMark($id: ID!, $version: Int!, $area: ID) {
        floorMarkBind(id: $id, version: $version, area: $area) {
          id
          version
        }
      }
    `),
  )
  const removing = useAct(
    graphql(`
      mutation RemoveMark($id: ID!, $version: Int!) {
        floorMarkRemove(id: $id, version: $version)
      }
    `),
  )
  const drawing = useAct(
    graphql(`
      mutation DrawArea($plan: ID!, $name: String!, $outline: [SpotInput!]!) {
        floorAreaDraw(plan: $plan, name: $name, outline: $outline) {
          id
          version
        }
      }
    `),
  )
  const erasing = useAct(
    graphql(`
      mutation EraseArea($id: ID!, $version: Int!) {
        floorAreaRemove(id: $id, version: $version)
      }
    `),
  )
  const told = async <T>(act: Promise<T | undefined>) => {
    const done = await act
    if (done) say.done(t('shared.saved'))
    return !!done
  }
  return {
    busy: computed(() => [placing, moving, binding, removing, drawing, erasing].some(({ busy }) => busy.value)),
    place: (kind: 'RISK_POINT' | 'SIGN', target: string, { x, y }: Spot, label?: string) =>
      told(placing.act({ plan: toValue(plan), kind, target, x: onPlan(x), y: onPlan(y), label: label ?? null })),
    move: ({ id, version }: PlanMark, { x, y }: Spot) => moving.act({ id, version, x: onPlan(x), y: onPlan(y) }),
    bind: ({ id, version }: PlanMark, area: string | null) => told(binding.act({ id, version, area })),
    remove: ({ id, version }: PlanMark) => told(removing.act({ id, version })),
    draw: (name: string, outline: readonly Spot[]) =>
      told(drawing.act({ plan: toValue(plan), name, outline: outline.map(({ x, y }) => ({ x: onPlan(x), y: onPlan(y) })) })),
    erase: ({ id, version }: PlanArea) => told(erasing.act({ id, version })),
  }
}

/** Colours have shapes of their own as well: a plan is read in grey and by those who do not tell red from green. */
export const shapeOf = (color: Color | null | undefined): string =>
  color === 'RED'
    ? 'M0,-13 L13,0 L0,13 L-13,0 Z'
    : color === 'ORANGE'
      ? 'M0,-13 L12,9 L-12,9 Z'
      : color === 'YELLOW'
        ? 'M-11,-11 H11 V11 H-11 Z'
        : 'M-12,0 A12,12 0 1 1 12,0 A12,12 0 1 1 -12,0 Z'
