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

async function newPage(screen: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(screen)).newPage()
  page.setDefaultTimeout(15_000)
  return page
}
async function signIn(username: string): Promise<Page> {
  const page = await newPage(DESKTOP)
  await page.goto(app.url)
  await page.locator('#username').fill(username)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '您好' }).waitFor()
  return page
}

/** A photo as a phone's camera hands it over. */
async function photograph(page: Page) {
  const png = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const pen = canvas.getContext('2d')!
    pen.fillStyle = '#74a'
    pen.fillRect(0, 0, 640, 480)
    return canvas.toDataURL('image/png').split(',')[1]!
  })
  await page.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
  await page.locator('figure img').waitFor()
}

const WHERE = '茶厂后门 <b>三号</b>'
const SEEN = '后门晚上上锁，<script>alert(1)</script>出口堆着纸箱'

test('a stranger reports by QR code on a phone, the office makes a hazard of it, and the receipt tells how far it is', async () => {
  const phone = await newPage(PHONE)
  await phone.goto(`${app.url}/report?v=350524106201`)
  await photograph(phone)
  await phone.getByLabel('看到的情况').fill(SEEN)
  await phone.getByLabel('地点').fill(WHERE)
  await phone.getByText('已自动保存').waitFor()
  // The network is gone, then the page is closed and opened again: nothing that was typed is lost.
  await phone.context().setOffline(true)
  await phone.getByRole('button', { name: '提交' }).click()
  await phone.getByText('内容已保存在这台手机上').waitFor()
  await phone.context().setOffline(false)
  await phone.reload()
  await phone.locator('figure img').waitFor()
  expect(await phone.getByLabel('地点').inputValue()).toBe(WHERE)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await phone.getByRole('button', { name: '提交' }).click()
  const receipt = (await phone.locator('output').textContent())!.trim()
  expect(receipt).toMatch(/^\w{4}(-\w{4}){3}$/)

  const office = await signIn('town')
  await office.getByText('待处理的群众举报').first().click()
  await office
    .getByRole('link', { name: /^JB-\d{6}-106201-/ })
    .first()
    .click()
  await office.getByRole('heading', { name: SEEN }).waitFor() // as text, markup and all
  await office.getByRole('button', { name: '转为隐患' }).click()
  const dialog = office.getByRole('dialog').last()
  await dialog.getByRole('combobox', { name: '企业' }).fill('茶')
  await office.getByRole('option').first().click()
  await dialog.getByLabel('隐患描述').fill('安全出口被纸箱堵塞')
  await dialog.getByRole('button', { name: '转为隐患' }).click()
  await office.getByText('已转为隐患').waitFor()

  await phone.goto(`${app.url}/report/status#${receipt}`)
  await phone.locator('[aria-current=step]', { hasText: '已转整改' }).waitFor()
  expect(await phone.locator('body').textContent()).not.toContain('安全出口被纸箱堵塞')
  await phone.context().close()
  await office.context().close()
})
