import { expect, test } from 'vitest'
import { layOut } from './layOut'

test('a query is laid out with a field on a line, and its arguments beside it while they fit', () => {
  expect(
    layOut(
      'query   Late($day:Day!,$n:Int=3){hazards(where:{dueOn:{lt:$day},or:[{stage:{eq:CLOSED}}]},first:$n){nodes{id no:number @include(if:true) ...Place}}}fragment Place on Hazard{place ... on Hazard{stage}}',
    ),
  ).toBe(`query Late($day: Day!, $n: Int = 3) {
  hazards(where: { dueOn: { lt: $day }, or: [{ stage: { eq: CLOSED } }] }, first: $n) {
    nodes {
      id
      no: number @include(if: true)
      ...Place
    }
  }
}

fragment Place on Hazard {
  place
  ... on Hazard {
    stage
  }
}
`)
})

test('what does not fit on a line is broken where it has parts', () => {
  const long = `{ hazards(where: { ${['one', 'two', 'three', 'four', 'five'].map((name) => `${name}Field: { contains: "a long text" }`).join(', ')} }, first: 5) { totalCount } }`
  const lines = layOut(long).split('\n')
  expect(lines.slice(1, 5)).toEqual([
    '  hazards(',
    '    where: {',
    '      oneField: { contains: "a long text" }',
    '      twoField: { contains: "a long text" }',
  ])
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100)
})

test('comments stay where they stand', () => {
  const text = `# late ones
query {
  # the list
  hazards(
    first: 3
    # of the town
    where: { stage: { eq: CLOSED } }
  ) {
    totalCount
  }
}
`
  expect(layOut(text)).toBe(text)
})

test('half a query is left as it is', () => {
  expect(layOut('{ hazards( {')).toBe('{ hazards( {')
  expect(layOut('{ hazards(a: "x) }')).toBe('{ hazards(a: "x) }')
})

test('laying out twice changes nothing', () => {
  const once = layOut('{a(b:[1,2,$x],c:{d:[]}){b @skip(if:$y){c}}}')
  expect(layOut(once)).toBe(once)
})
