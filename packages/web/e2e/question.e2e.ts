import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, type RunningApp, startApp } from './app.js'
import { DESKTOP, launchBrowser, PHONE } from './browser.js'

let app: RunningApp
let browser: Browser
/** What any page asked of anybody but its own server. */
const elsewhere: string[] = []
beforeAll(async () => {
  app = await startApp()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function signIn(username: string, path: string, screen: BrowserContextOptions = DESKTOP): Promise<Page> {
  const page = await (await browser.newContext({ ...screen, locale: 'zh-CN', acceptDownloads: true })).newPage()
  page.setDefaultTimeout(10_000)
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== new URL(app.url).host) elsewhere.push(request.url())
  })
  await page.goto(app.url)
  await page.locator('input[autocomplete=username], input[name=username]').fill(username)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.locator('input[type=password]').waitFor({ state: 'detached' })
  await page.goto(`${app.url}${path}`)
  return page
}
const serious = async (page: Page) => {
  // A colour half-way to its next is nobody's fault.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
        .map((one) => one.finished.catch(() => undefined)),
    ),
  )
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }))
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)
}
/** Opens a select by its name and takes what it offers under these words. */
const choose = async (page: Page, label: string, ...words: string[]) => {
  const box = page.getByRole('combobox', { name: label, exact: true }).last()
  await box.press('Enter')
  for (const word of words) await page.locator('.el-select-dropdown__item:visible', { hasText: new RegExp(`^${word}$`) }).click()
  if (words.length > 1) await box.press('Escape')
}
/** Takes what the editor offers as a hand would: for its first 75 ms an offer leaves Enter to the text, however quick the test. */
const takeOffer = async (page: Page, meaning: string, name: string) => {
  await page.locator('.cm-tooltip-autocomplete li[aria-selected]', { hasText: meaning }).waitFor()
  await page.waitForTimeout(250)
  await page.keyboard.press('Enter')
  await page.locator('.cm-content', { hasText: name }).waitFor()
}
const look = (page: Page, name: string) => page.locator('.el-radio-button', { hasText: name }).click()
const cell = (page: Page, words: string) => page.locator('.grid-box td', { hasText: words }).first()
const said = (page: Page) => page.locator('.facts-line').innerText()

/** The file behind “导出 CSV”: whether Excel will know its characters, its heads and its rows. */
async function exported(page: Page) {
  const taken = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  const text = await readFile(await (await taken).path(), 'utf8')
  const [heads = '', ...rows] = text.replace('\ufeff', '').trim().split(/\r?\n/)
  return { marked: text.startsWith('\ufeff'), heads: heads.split(','), rows }
}

test('a query is written with completion, looked at from every side, saved, opened again and taken along as a file', async () => {
  const page = await signIn('town', '/questions/console')
  const editor = page.locator('.cm-content').first()
  await editor.click()
  await page.keyboard.type('{ hazards { groups { nodes { key { villa')
  await takeOffer(page, '所属村', 'village')
  await page.keyboard.type(' { name } seve')
  await page.locator('.cm-completionInfo', { hasText: '隐患等级' }).waitFor()
  await takeOffer(page, '隐患等级', 'severity')
  await page.keyboard.type(' } cont')
  await page.keyboard.press('Control+Enter')

  // What is wrong is said in Chinese, at its place, and the place can be gone to.
  await page.getByRole('button', { name: /第 1 行第 \d+ 列/ }).click()
  expect(await page.locator('.faults').innerText()).toMatch(/没有字段 cont，是不是要写 (count|count.*)？/)
  await page.keyboard.type('count')
  await page.keyboard.press('Control+Enter')
  await cell(page, '金谷村').waitFor()
  expect(await page.locator('.grid-box thead').innerText()).toMatch(/所属村[\s\S]*隐患等级[\s\S]*条数/)
  await cell(page, '一般').waitFor()
  await page.getByRole('button', { name: /查询量/ }).click()
  await page.getByText('字段数乘以每页条数').waitFor()
  await page.keyboard.press('Escape')

  await look(page, '透视表')
  await page.locator('thead th', { hasText: '重大' }).waitFor()
  await page.locator('tfoot th', { hasText: '合计' }).waitFor()
  await look(page, '村级图')
  await page.getByText('按区划排成的示意图').waitFor()
  await look(page, '柱状图')
  await page.locator('.chart svg').waitFor()
  expect(await serious(page)).toEqual([])

  await page.getByRole('button', { name: '保存为问题' }).click()
  await page.getByRole('dialog').getByLabel('名称').fill('各村隐患等级')
  await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('已保存“各村隐患等级”').waitFor()
  await page.goto(`${app.url}/questions`)
  await page.getByRole('link', { name: '各村隐患等级' }).click()
  await page.locator('.chart svg').waitFor()
  expect(await serious(page)).toEqual([])

  const { marked, heads, rows } = await exported(page)
  expect(marked).toBe(true)
  expect(heads).toHaveLength(3)
  for (const head of heads) expect(head).toMatch(/^[\p{Script=Han}·（）"]+$/u)
  expect(rows.join()).toContain('一般')
  await page.context().close()
})

test('a clerk who never saw the graph’s language asks for overdue hazards and the on-time rate by village since 2023', async () => {
  const page = await signIn('town', '/questions/new')
  await cell(page, '金谷村').waitFor()
  await page.getByRole('button', { name: '加条件' }).click()
  await choose(page, '字段', '发现日期')
  await choose(page, '比较', '不早于')
  await page.locator('.value input').fill('2023-01-01')
  await page.keyboard.press('Enter')
  await choose(page, '指标', '逾期未改', '按期整改率', '条数')
  await page.locator('.grid-box th', { hasText: '按期整改率' }).waitFor()
  await cell(page, '%').waitFor()
  await look(page, '柱状图')
  await page.locator('.chart svg').getByText('按期整改率').waitFor()
  await page.locator('.chart svg').getByText('金谷村').waitFor()
  expect(await serious(page)).toEqual([])

  await page.getByText('写出来的查询').click()
  const written = await page.locator('.written pre').innerText()
  expect(written).toContain('foundOn: { gte: "2023-01-01" }')
  expect(written).toMatch(/figures \{\s*overdue\s+onTimeRate/)
  await page.getByRole('button', { name: '在控制台打开' }).click()
  await page.locator('.chart svg').getByText('逾期未改').waitFor()
  await page.context().close()
})

test('each of the twenty examples answers the county, in the light and in the dark', async () => {
  const page = await signIn('county', '/questions/console')
  const drawer = page.locator('.el-drawer')
  const names: string[] = []
  for (let at = 0; at < 20; at++) {
    await page.getByRole('button', { name: '示例' }).click()
    const example = drawer.locator('li button').nth(at)
    const name = await example.locator('b').innerText()
    await example.click()
    await drawer.waitFor({ state: 'detached' })
    await page.locator('.about b', { hasText: name }).waitFor()
    await page.locator('.answer[aria-busy=false] .facts-line, .faults').first().waitFor()
    expect({ name, faults: await page.locator('.faults').allInnerTexts() }).toEqual({ name, faults: [] })
    expect({ name, said: await said(page) }).toEqual({ name, said: expect.stringMatching(/^[1-9]\d* 行 · .*查询量 [\d,]+/) })
    names.push(name)
  }
  expect(new Set(names).size).toBe(20)
  await page.locator('.chart svg').waitFor()
  await page.getByRole('button', { name: /^演示/ }).click()
  await page.getByRole('menuitem', { name: '深色' }).click()
  await page.locator('html.dark').waitFor()
  await page.waitForTimeout(400) // colours fade over
  expect(await serious(page)).toEqual([])

  await page.getByRole('link', { name: '上手与查询写法' }).click()
  await page.getByRole('button', { name: '在控制台试' }).nth(3).click()
  await cell(page, '金谷村').waitFor()
  await page.context().close()
})

test('a query is written, run and pivoted with the keyboard alone', async () => {
  const page = await signIn('town', '/questions/console')
  const { keyboard } = page
  await page.locator('.cm-content').first().focus()
  await keyboard.insertText('{ hazards { groups { nodes { key { village { name } stage } count } } } }')
  await keyboard.press('Control+Enter')
  await cell(page, '金谷村').waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.closest('.query-editor, .el-radio-group')?.className ?? '')
  // Escape, then Tab leaves an editor, whose own Tab indents.
  for (let steps = 0; steps < 10 && !(await focused()).includes('el-radio-group'); steps++) {
    if ((await focused()).includes('query-editor')) await keyboard.press('Escape')
    await keyboard.press('Tab')
  }
  await keyboard.press('ArrowRight')
  await page.locator('thead th', { hasText: '已销号' }).waitFor()
  await page.locator('tfoot th', { hasText: '合计' }).waitFor()
  await page.context().close()
})

test('a token is shown once, reads for another program, and no longer after it is revoked', async () => {
  const page = await signIn('county', '/questions/tokens')
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
    }).then(async (answer) => ((await answer.json()) as { data?: { hazards: { totalCount: number } } | null }).data?.hazards.totalCount)
  expect(await read()).toBeGreaterThan(0)
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
  expect(await page.content()).not.toContain(secret)
  await page.getByRole('button', { name: '撤销' }).click()
  await page
    .locator('.el-message-box, .el-popconfirm')
    .getByRole('button', { name: /撤销|确定/ })
    .click()
  await page.getByText('已撤销“县局月报表”').waitFor()
  expect(await read()).toBeUndefined()
  await page.context().close()
})

test('on a phone the answer stands below the steps of the builder and below the console, nothing wider than the screen', async () => {
  const page = await signIn('village.金谷村', '/questions/new', PHONE)
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.locator('.grid').getByText('金谷村').first().waitFor()
  await fits()
  expect(await serious(page)).toEqual([])
  const bottom = await page.locator('.steps').evaluate((steps) => steps.getBoundingClientRect().bottom)
  const top = await page.locator('.reading').evaluate((reading) => reading.getBoundingClientRect().top)
  expect(top).toBeGreaterThanOrEqual(bottom)
  await look(page, '柱状图')
  await page.locator('.chart svg').waitFor()
  await fits()
  await page.context().close()
})

test('none of it asks anybody but its own server', () => {
  expect(elsewhere).toEqual([])
})
