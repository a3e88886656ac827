import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, type RunningApp, startApp } from './app.js'
import { DESKTOP, launchBrowser } from './browser.js'

let app: RunningApp
let browser: Browser
beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function signIn(username: string): Promise<Page> {
  const page = await (await browser.newContext(DESKTOP)).newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(app.url)
  await page.locator('#username').fill(username)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '您好' }).waitFor()
  return page
}

async function ask<T>(page: Page, query: string, variables: object = {}): Promise<T> {
  const body = JSON.stringify({ query, variables })
  const answer: unknown = await page.evaluate(
    async (text) => (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text })).json(),
    body,
  )
  return (answer as { data: T }).data
}

const act = (page: Page, name: string) => page.locator('.head').getByRole('button', { name, exact: true }).click()
const confirm = (page: Page) => page.locator('.el-message-box .el-button--primary').click()
const stands = (page: Page, state: string) => page.locator('.head').getByText(state, { exact: true }).waitFor()
const now = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })
const figures = (page: Page, id: string) =>
  ask<{ summarySheet: object }>(page, 'query ($id: ID!) { summarySheet(id: $id) { asOf frozen lines { key value } } }', { id })

test('a station’s month goes up: accepted by the town, which signs and names who is missing; a hazard closed later changes no figure', async () => {
  const station = await signIn('station.industry_station')
  const { summaries } = await ask<{ summaries: { nodes: { id: string }[] } }>(
    station,
    'query ($period: String!) { summaries(where: { period: { eq: $period } }) { nodes { id } } }',
    { period: now.slice(0, 7) },
  )
  const { id } = summaries.nodes[0]!
  await station.goto(`${app.url}/summaries/${id}`)
  await station.locator('#words-practice').fill('逐家上门，边讲边改')
  await station.reload() // at once: what has just been typed is kept
  await station.getByText('已保存', { exact: true }).waitFor()
  expect(await station.locator('#words-practice').inputValue()).toBe('逐家上门，边讲边改')
  await act(station, '报送')
  await confirm(station)
  await stands(station, '已报送')

  const office = await signIn('town')
  await office.goto(`${app.url}/summaries?state=SUBMITTED`)
  await office.getByRole('link', { name: '经济发展（企业服务）办公室 · ' }).click()
  await act(office, '审核通过')
  await stands(office, '已审核')
  await office.goto(`${app.url}/summaries?level=TOWN&open=1`)
  await office.getByRole('link', { name: `金谷镇 · ${Number(now.slice(0, 4))} 年 ${Number(now.slice(5, 7))} 月` }).click()
  await stands(office, '起草中')
  for (const reason of await office.getByLabel('缺报原因').all()) await reason.fill('尚未报来，已催报')
  await act(office, '报送')
  await confirm(office)
  await stands(office, '已报送')
  const town = new URL(office.url()).pathname.split('/').at(-1)!
  const signed = await figures(office, town)
  expect(signed).toMatchObject({ summarySheet: { frozen: true } })

  const { hazards } = await ask<{ hazards: { nodes: { id: string; version: number; acts: string[] }[] } }>(
    station,
    '{ hazards(first: 100, where: { stage: { eq: PENDING_REVIEW }, severity: { eq: GENERAL } }) { nodes { id version acts } } }',
  )
  const { id: hazard, version } = hazards.nodes.find(({ acts }) => acts.includes('CLOSE'))!
  const closed = await ask<{ hazardClose: { stage: string } }>(station, 'mutation ($id: ID!, $v: Int!) { hazardClose(id: $id, version: $v) { stage } }', {
    id: hazard,
    v: version,
  })
  expect(closed.hazardClose.stage).toBe('CLOSED')
  expect(await figures(office, town)).toEqual(signed)
  await office.reload()
  await office.getByText('统计数已于报送时固定').waitFor()
})
