/** The last moment of the month that ended before, in China. */
function lastMonthEnd(now: Date): string {
  const there = new Date(now.getTime() + 8 * 3_600_000)
  return new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth(), 1) - 8 * 3_600_000 - 1).toISOString()
}

/** The queries of the analysts' guide: each runs as it stands (a test asks the schema). */
export const FIRST = `{
  hazards {
    totalCount
  }
}`

export const STEPS = {
  count: FIRST,
  list: `{
  hazards(first: 20, orderBy: [{ field: dueOn }]) {
    nodes { number description stage dueOn enterprise { name } }
  }
}`,
  filter: `{
  hazards(where: { stage: { notIn: [CLOSED, VOID] }, foundOn: { gte: "2023-01-01" } }, first: 20) {
    totalCount
    nodes { number description dueOn }
  }
}`,
  group: `{
  hazards(where: { foundOn: { gte: "2023-01-01" } }) {
    groups(orderBy: [{ by: "figures.overdue", dir: DESC }]) {
      nodes {
        key { village { name } }
        figures { overdue onTimeRate }
      }
    }
  }
}`,
} as const

/** What the language can do, one sample each, in the order one comes to need it. */
export const SURFACE = {
  where: `{
  hazards(where: { or: [{ severity: { eq: MAJOR } }, { number: { startsWith: "YH-2026" } }] }) { totalCount }
}`,
  linked: `{
  hazards(where: { enterprise: { scaleClass: { eq: ABOVE_SCALE } } }) { totalCount }
}`,
  many: `{
  enterprises(where: { hazards: { some: { severity: { eq: MAJOR } } } }) { totalCount nodes { name } }
}`,
  manyCounted: `{
  enterprises(where: { hazards: { aggregate: { where: { recurring: { eq: true } }, count: { gte: 2 } } } }) { nodes { name } }
}`,
  page: `{
  hazards(first: 50, orderBy: [{ field: foundOn, dir: DESC }]) {
    nodes { number foundOn }
    pageInfo { hasNextPage endCursor }
  }
}`,
  aggregate: `{
  hazards { aggregate { count sum { costFen } avg { costFen } figures { rectificationRate onTimeRate } } }
}`,
  groups: `{
  hazards { groups(limit: 50) { nodes { key { severity enterprise { trade } } count share } truncated } }
}`,
  time: `{
  hazards { groups(fill: true) { nodes { key { month: foundOn(by: MONTH) } count } } }
}`,
  having: `{
  hazards { groups(having: { count: { gte: 10 } }, orderBy: [{ by: "count", dir: DESC }]) { nodes { key { village { name } } count } } }
}`,
  records: `{
  hazards { groups(limit: 10) { nodes { key { category } count nodes(first: 2) { number description } } } }
}`,
  distinct: `{
  enterprises { distinctValues(field: trade, limit: 20) { values { value count } truncated } }
}`,
  asOf: `{
  hazards(asOf: "${lastMonthEnd(new Date())}") { aggregate { figures { found open overdue } } }
}`,
  variables: `query ($from: Day = "2026-01-01", $to: Day = "2026-12-31") {
  hazards(where: { foundOn: { between: [$from, $to] } }) { totalCount }
}`,
} as const

/** For other programs; `address` is that of the saved question. */
export const curl = (address: string, secret: string) => `curl -H "Authorization: Bearer ${secret}" "${address}" -o data.csv`
export const python = (address: string, secret: string) => `import io, requests, pandas as pd
answer = requests.get("${address}", headers={"Authorization": "Bearer ${secret}"})
answer.raise_for_status()
data = pd.read_csv(io.StringIO(answer.content.decode("utf-8-sig")))`
export const powerQuery = (address: string, secret: string) => `let
  file = Web.Contents("${address}", [Headers = [Authorization = "Bearer ${secret}"]]),
  table = Table.PromoteHeaders(Csv.Document(file, [Encoding = 65001]))
in
  table`
