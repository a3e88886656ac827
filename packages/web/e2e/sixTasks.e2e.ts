import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, startApp, type RunningApp } from './app.js'
import { DESKTOP, launchBrowser, PHONE } from './browser.js'

/** The key tasks as the people of a town do them: the norm comes in, the enterprise adapts, colours and rates move. */
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

const ask = async <T>(page: Page, query: string, variables: object = {}): Promise<T> => {
  const answer = await page.context().request.post(`${app.url}/graphql`, { data: { query, variables } })
  const { data, errors } = (await answer.json()) as { data: T; errors?: { message: string }[] }
  if (errors) throw new Error(errors[0]!.message)
  return data
}
async function as(username: string, screen: BrowserContextOptions = DESKTOP): Promise<Page> {
  const context = await browser.newContext({ ...screen, baseURL: app.url })
  const page = await context.newPage()
  await ask(page, 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', { u: username, p: PASSWORD })
  return page
}
/** The factory whose year the demo tells in full. */
const factory = async (page: Page): Promise<string> =>
  (await ask<{ enterprises: { nodes: { id: string }[] } }>(page, '{ enterprises(first: 1) { nodes { id } } }')).enterprises.nodes[0]!.id

test('a new edition of the norm is written, compared and published, and a factory carries all its lists over on the phone', async () => {
  const town = await as('town')
  await town.goto('/norms')
  await town.locator('tr', { hasText: '茶叶加工' }).getByRole('link').first().click()
  await town.getByRole('button', { name: '起草新版' }).click()
  await town.getByText('草稿', { exact: true }).waitFor()
  await town.locator('tr', { hasText: '厂房内是否存在住宿与生产合用' }).getByRole('button', { name: '修改' }).click()
  const item = town.getByRole('dialog')
  await item.getByLabel('合格标准').fill('生产、仓储区域内无人住宿，楼梯口设醒目的禁止住宿标识')
  await item.getByRole('button', { name: '保存' }).click()
  await item.waitFor({ state: 'detached' })
  await town.getByText('与上一版的差别', { exact: true }).click()
  await town.getByText('生产、仓储区域内无人住宿，楼梯口设醒目的禁止住宿标识').waitFor()
  await town.getByRole('button', { name: '发布', exact: true }).click()
  await town.getByRole('dialog').getByRole('textbox').fill('补充禁止住宿标识')
  await town.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await town.getByText('已发布', { exact: true }).waitFor()

  const firm = await as('ent.1', PHONE)
  await firm.goto('/checklists')
  await firm.getByRole('button', { name: '全部升级' }).click()
  await firm.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await firm.getByText(/已升级 \d+ 张清单/).waitFor()
  await firm.getByRole('button', { name: '全部升级' }).waitFor({ state: 'detached' })
  const { checklists } = await ask<{ checklists: { nodes: { items: { nodes: { requirement: string }[] } }[] } }>(
    firm,
    '{ checklists(first: 1, where: { level: { eq: UNIT }, endedOn: { isNull: true } }) { nodes { items(first: 30) { nodes { requirement } } } } }',
  )
  expect(checklists.nodes[0]!.items.nodes.map(({ requirement }) => requirement).join()).toContain('禁止住宿标识')
  await town.context().close()
  await firm.context().close()
}, 180_000)

test('a risk point judged worse turns its area on the plan and its factory, as the station sees it', async () => {
  const safety = await as('ent.1.safety')
  const id = await factory(safety)
  const { riskPoints, floorPlans } = await ask<{ riskPoints: { nodes: { id: string; workshop: string }[] }; floorPlans: { nodes: { id: string }[] } }>(
    safety,
    '{ riskPoints(first: 1, where: { color: { eq: YELLOW }, endedOn: { isNull: true }, workshop: { eq: "烘焙间" }, method: { eq: LEC } }) { nodes { id workshop } } floorPlans(first: 1) { nodes { id } } }',
  )
  const area = async (page: Page): Promise<string> => {
    await page.goto(`/plans/${floorPlans.nodes[0]!.id}`)
    return (await page
      .getByText(/^烘焙间 · /)
      .first()
      .textContent())!.trim()
  }
  expect(await area(safety)).toBe('烘焙间 · 黄')
  await safety.goto(`/risk/${riskPoints.nodes[0]!.id}`)
  await safety.getByRole('button', { name: '重新评价' }).click()
  const judging = safety.getByRole('dialog')
  for (const [name, value] of [
    ['固有风险 可能性 L', '10'],
    ['固有风险 暴露频率 E', '10'],
    ['固有风险 后果 C', '100'],
    ['剩余风险 可能性 L', '6'],
    ['剩余风险 暴露频率 E', '6'],
    ['剩余风险 后果 C', '40'],
  ] as const) {
    const choice = judging.locator('.el-select__wrapper', { has: safety.getByRole('combobox', { name }) })
    await choice.click()
    await safety
      .locator('.el-popper:visible')
      .getByRole('option', { name: new RegExp(`^${value} `) })
      .click()
    await choice.getByText(new RegExp(`^${value} `)).waitFor()
    await expect.poll(() => safety.locator('.el-select-dropdown:visible').count()).toBe(0) // it fades out
  }
  await judging.getByText('D = 1440').waitFor()
  await judging.getByRole('button', { name: '保存' }).click()
  await judging.waitFor({ state: 'detached' })
  expect(await area(safety)).toBe('烘焙间 · 红')

  const station = await as('station.industry_station')
  await station.goto(`/enterprises/${id}`)
  await station.getByText('重大（红）').first().waitFor()
  const figures = await ask<{ riskStandings: { nodes: { red: number; effective: string }[] } }>(
    station,
    'query ($id: ID!) { riskStandings(first: 1, where: { enterprise: { id: { eq: $id } } }) { nodes { red effective } } }',
    { id },
  )
  expect(figures.riskStandings.nodes[0]).toEqual({ red: 1, effective: 'RED' })
  await safety.context().close()
  await station.context().close()
}, 120_000)

test('the first tab of an enterprise says where it stands in every task and leads to each, on the desk and on the phone', async () => {
  for (const screen of [DESKTOP, PHONE]) {
    const firm = await as('ent.1', screen)
    await firm.goto(`/enterprises/${await factory(firm)}`)
    const cards = firm.getByLabel('各项任务一览').getByRole('link')
    await cards.first().waitFor()
    expect(await cards.count()).toBe(9)
    expect(await firm.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await cards.filter({ hasText: '四色风险' }).click()
    await firm.waitForURL(/tab=risk/)
    await firm.context().close()
  }
}, 120_000)
