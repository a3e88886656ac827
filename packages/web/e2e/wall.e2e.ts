import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, startApp, type RunningApp } from './app.js'
import { DESKTOP, launchBrowser, PHONE } from './browser.js'

/** The projector of the meeting room. */
const WALL: BrowserContextOptions = { ...DESKTOP, viewport: { width: 1920, height: 1080 } }
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

async function open(screen: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext({ ...screen, baseURL: app.url })).newPage()
  page.setDefaultTimeout(20_000)
  return page
}
async function ask<T>(page: Page, query: string, variables: object = {}, token?: string): Promise<T> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const answer = await page.context().request.post(`${app.url}/graphql`, { data: { query, variables }, headers })
  const { data, errors } = (await answer.json()) as { data: T; errors?: { message: string }[] }
  if (errors) throw new Error(errors[0]!.message)
  return data
}
async function as(username: string): Promise<Page> {
  const page = await open(DESKTOP)
  await ask(page, 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', { u: username, p: PASSWORD })
  return page
}
const scene = (wall: Page, name: string) => wall.locator('footer .now', { hasText: name }).waitFor()
const button = (phone: Page, name: string) => phone.getByRole('button', { name, exact: true })

/** What a screen shows: nothing of it lies beyond its edge, and nothing tells who somebody is. */
async function seemly(wall: Page, names: readonly string[]): Promise<void> {
  const { scrolls, text } = await wall.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
    return { scrolls: scrollWidth > clientWidth || scrollHeight > clientHeight, text: document.body.innerText }
  })
  expect(scrolls).toBe(false)
  expect(text).not.toMatch(/1[3-9]\d{9}/)
  expect(names.filter((name) => text.includes(name))).toEqual([])
}

/** Whether the widest that a rate can be is not to be read whole. */
const cutAtBest = (wall: Page) =>
  wall
    .locator('td.rate')
    .first()
    .evaluate((cell) => {
      cell.lastChild!.textContent = ' 100.0% '
      return cell.scrollWidth > cell.clientWidth
    })

test('the office hangs up a wall, the chair points it by phone, a closure is seen by itself, the month is replayed, and the link is taken away', async () => {
  const office = await as('town')
  await office.goto('/board-links')
  await office.getByRole('button', { name: '新建链接' }).click()
  const dialog = office.getByRole('dialog')
  await dialog.getByLabel('名称').fill('三楼会议室')
  await dialog.getByRole('button', { name: '保存' }).click()
  const address = (await office.locator('.address').innerText()).trim()
  await office.getByRole('button', { name: '已保存，关闭' }).click()

  const wall = await open(WALL)
  await wall.goto(address)
  await scene(wall, '隐患闭环')
  await wall.locator('.board.resting').waitFor() // no pointer has moved
  expect(await wall.evaluate(() => [...document.querySelectorAll('.board, .board *')].every((one) => getComputedStyle(one).cursor === 'none'))).toBe(true)
  expect(await wall.getByRole('navigation').count()).toBe(0)
  const { accounts } = await ask<{ accounts: { nodes: { name: string }[] } }>(await as('admin'), '{ accounts(first: 100) { nodes { name } } }')
  const names = accounts.nodes.map(({ name }) => name)
  await seemly(wall, names)

  await wall.keyboard.press('q')
  await wall.getByLabel('手机扫码，指定画面').waitFor()
  const token = address.split('/').at(-1)!
  const { boardWall } = await ask<{ boardWall: { room: string } }>(wall, '{ boardWall { room } }', {}, token)
  await wall.keyboard.press('q')
  const phone = await open(PHONE)
  await phone.goto(`/room#${boardWall.room}`)
  for (const name of ['行动总览', '站所记分', '四色分布']) {
    await button(phone, name).click()
    await scene(wall, name)
    await seemly(wall, names)
    if (name === '站所记分') expect(await cutAtBest(wall)).toBe(false)
  }
  await phone.getByLabel('选一个村').selectOption({ label: '金谷村' })
  await wall.getByRole('heading', { name: '金谷村的企业' }).waitFor()
  await phone
    .locator('section', { has: phone.getByRole('heading', { name: '企业平面图' }) })
    .getByRole('button')
    .first()
    .click()
  await wall.getByRole('heading', { name: '厂区一层平面图' }).waitFor()
  await seemly(wall, names)

  await button(phone, '会议开始').click()
  await scene(wall, '本次会议')
  await wall.getByText('会议开始以来还没有销号').waitFor()
  const station = await as('station.industry_station')
  const { hazards } = await ask<{ hazards: { nodes: { id: string; number: string; version: number; acts: string[] }[] } }>(
    station,
    '{ hazards(first: 100, where: { stage: { eq: PENDING_REVIEW }, severity: { eq: GENERAL } }) { nodes { id number version acts } } }',
  )
  const closable = hazards.nodes.find(({ acts }) => acts.includes('CLOSE'))!
  await ask(station, 'mutation ($id: ID!, $v: Int!) { hazardClose(id: $id, version: $v) { stage } }', { id: closable.id, v: closable.version })
  await wall.getByText('会议开始以来还没有销号').waitFor({ state: 'detached' })
  await wall.getByRole('heading', { name: '会上销号' }).waitFor()
  await seemly(wall, names)

  await button(phone, '隐患闭环').click()
  await button(phone, '回放三十天').click()
  await wall.getByText(/^回放 \d{4}-\d{2}-\d{2}/).waitFor()
  await seemly(wall, names)
  await button(phone, '回到现在').click()
  await scene(wall, '隐患闭环')

  await office.getByRole('button', { name: '撤销' }).first().click()
  await office
    .locator('.el-message-box, .el-popconfirm')
    .getByRole('button', { name: /确定|撤销/ })
    .click()
  await wall.getByRole('heading', { name: '这个看板链接已失效' }).waitFor()
  await phone.getByText('会场二维码已过期').waitFor()
})
