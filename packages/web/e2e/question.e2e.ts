import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, type RunningApp, startApp } from './app.js'
import { DESKTOP, launchBrowser, PHONE } from './browser.js'

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

async function signIn(username: string, screen: BrowserContextOptions = DESKTOP): Promise<Page> {
  const page = await (await browser.newContext({ ...screen, locale: 'zh-CN', acceptDownloads: true })).newPage()
  await page.goto(app.url)
  await page.locator('input[autocomplete=username], input[name=username]').fill(username)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText('等我办理').or(page.getByText('重点关注')).first().waitFor()
  return page
}
const serious = async (page: Page) => {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }))
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120) ?? ''}`)
}
const choose = async (page: Page, label: string, words: string) => {
  await page.getByRole('combobox', { name: label }).last().click()
  await page.keyboard.type(words)
  await page.locator('.el-select-dropdown__item:visible', { hasText: words }).first().click()
}
const look = (page: Page, name: string) => page.locator('.el-radio-button', { hasText: name }).click()

test('a clerk who never saw the graph’s language groups hazards, sees table, pivot, chart and map, opens the query, saves it and takes it along as a file', async () => {
  const page = await signIn('town')
  await page.goto(`${app.url}/questions/new`)
  const cell = (words: string) => page.locator('.grid-box td', { hasText: words }).first()
  await cell('金谷村').waitFor()

  // A second grouping is a second column, in words and not in codes.
  await choose(page, '加分组', '状态')
  await cell('已销号').waitFor()
  await look(page, '透视表')
  await page.locator('thead th', { hasText: '已销号' }).waitFor()
  await look(page, '柱状图')
  await page.locator('.chart svg').waitFor()
  await look(page, '村级图')
  await page.locator('.map li', { hasText: '金谷村' }).waitFor()
  expect(await serious(page)).toEqual([])

  // Only major ones: the figure over everything becomes smaller.
  await look(page, '表格')
  const total = async () => Number((await page.locator('dl.total dd').first().innerText()).replace(/\D/g, ''))
  await cell('金谷村').waitFor()
  const all = await total()
  await page.getByRole('button', { name: '加条件' }).click()
  await choose(page, '字段', '隐患等级')
  await page.locator('.value').getByRole('combobox', { name: '隐患等级' }).click()
  await page.locator('.el-select-dropdown__item:visible', { hasText: '重大' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(total).toBeLessThan(all)
  const majors = await total()

  await page.getByRole('button', { name: '在控制台打开' }).click()
  await page.locator('.cm-content').first().getByText('severity').waitFor()
  await expect.poll(total).toBe(majors)

  await page.getByRole('button', { name: '保存为问题' }).click()
  await page.getByRole('dialog').getByLabel('名称').fill('各村重大隐患')
  await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('已保存“各村重大隐患”').waitFor()

  const taken = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  const text = await readFile(await (await taken).path(), 'utf8')
  expect(text).toContain('已销号')
  expect(text.trim().split('\n').length).toBeGreaterThan(3)

  await page.goto(`${app.url}/questions`)
  await page.getByRole('link', { name: '各村重大隐患' }).click()
  await cell('金谷村').waitFor()
  expect(await serious(page)).toEqual([])
  await page.context().close()
})

test('the console completes, explains and refuses in Chinese at the place of the fault', async () => {
  const page = await signIn('town')
  await page.goto(`${app.url}/questions/console`)
  const editor = page.locator('.cm-content').first()
  await editor.click()
  await page.keyboard.type('{ hazards { totalCount nodes { listingNu')
  await page.locator('.cm-tooltip-autocomplete', { hasText: 'listingNumber' }).waitFor()
  await page.locator('.cm-completionInfo', { hasText: '挂牌督办编号' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(' numbr')
  await page.keyboard.press('Control+Enter')
  const place = page.getByRole('button', { name: /第 1 行第 \d+ 列/ })
  await place.waitFor()
  expect(await page.locator('.faults').innerText()).toContain('Hazard 没有字段 numbr，是不是要写 number？')
  await place.click()
  await page.keyboard.type('number')
  await page.keyboard.press('Control+Enter')
  await page.locator('.grid-box td', { hasText: 'YH-' }).first().waitFor()

  await page.getByRole('button', { name: '示例' }).click()
  await page.locator('.el-drawer li button').nth(2).click()
  await page.locator('.chart svg').waitFor()
  expect(await serious(page)).toEqual([])
  await page.context().close()
})

test('a token is shown once, reads for another program, and no longer after it is revoked', async () => {
  const page = await signIn('county')
  await page.goto(`${app.url}/questions/tokens`)
  await page.getByRole('button', { name: '新建令牌' }).click()
  await page.getByRole('dialog').getByLabel('用途').fill('县局月报表')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  const secret = await page.locator('.secret').first().innerText()
  expect(secret).toMatch(/^anb_/)
  const read = () =>
    fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: '{ hazards { totalCount } }' }),
    }).then(async (answer) => (await answer.json()) as { data?: { hazards: { totalCount: number } } })
  expect((await read()).data?.hazards.totalCount).toBeGreaterThan(0)
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
  await page.getByRole('button', { name: '撤销' }).click()
  await page
    .locator('.el-message-box, .el-popconfirm')
    .getByRole('button', { name: /撤销|确定/ })
    .click()
  await page.getByText('已撤销“县局月报表”').waitFor()
  expect((await read()).data).toBeUndefined()
  await page.context().close()
})

test('on a phone the answer of the builder stands below its steps, nothing wider than the screen', async () => {
  const page = await signIn('village.金谷村', PHONE)
  await page.goto(`${app.url}/questions/new`)
  await page.locator('.grid').getByText('金谷村').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await serious(page)).toEqual([])
  await page.context().close()
})
