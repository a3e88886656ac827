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
  const page = await (await browser.newContext(screen)).newPage()
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

/** A photo as a phone's camera hands it over. */
async function photograph(page: Page, within = 'body') {
  const png = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const pen = canvas.getContext('2d')!
    pen.fillStyle = '#4a7'
    pen.fillRect(0, 0, 640, 480)
    return canvas.toDataURL('image/png').split(',')[1]!
  })
  await page
    .locator(`${within} input[type=file]`)
    .last()
    .setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
  await page.locator(`${within} .photos .el-image`).first().waitFor()
}

const dialogOf = (page: Page) => page.getByRole('dialog').last()
const act = (page: Page, name: string) => page.getByRole('group', { name: '我可以办理' }).getByRole('button', { name }).locator('visible=true').click()
const confirm = (page: Page, name: string) => dialogOf(page).getByRole('button', { name }).click()
const standsAt = (page: Page, stage: string) => page.locator('[aria-current=step]', { hasText: stage }).waitFor()

async function report(page: Page, enterprise: string, what: { place: string; description: string }) {
  await page.goto(`${app.url}/hazards/report`)
  await photograph(page)
  await page.getByRole('combobox', { name: '企业' }).fill(enterprise)
  await page.getByRole('option', { name: enterprise }).first().click()
  await page.getByLabel('隐患部位').fill(what.place)
  await page.getByLabel('隐患描述').fill(what.description)
  await page.getByRole('button', { name: '提交登记' }).click()
}

test('a hazard goes from the town office to the enterprise’s phone and back to closure', async () => {
  const office = await signIn('town')
  const firm = await signIn('ent.1', PHONE)
  const { viewer } = await ask<{ viewer: { enterprise: { name: string } } }>(firm, '{ viewer { id enterprise { id name } } }')
  await report(office, viewer.enterprise.name, { place: '成品仓库东墙', description: '应急照明灯三处损坏，断电后通道无照明' })
  await office.getByText('已登记 YH-').waitFor()
  await office.getByRole('button', { name: '下达整改通知' }).click()
  await dialogOf(office).getByRole('button', { name: '15 天' }).click()
  await confirm(office, '下达整改通知')
  await standsAt(office, '已下达整改通知')

  await firm.goto(office.url())
  await act(firm, '接收并开始整改')
  await confirm(firm, '接收并开始整改')
  await standsAt(firm, '整改中')
  // The page of the office moves by itself.
  await standsAt(office, '整改中')

  await act(firm, '提交复查')
  await confirm(firm, '提交复查')
  await dialogOf(firm).getByText('请先上传整改后照片').waitFor()
  await dialogOf(firm).getByLabel('整改情况').fill('更换三只应急照明灯，断电试验正常')
  await photograph(firm, '.el-dialog')
  await dialogOf(firm).getByLabel('整改费用').fill('360.5')
  await confirm(firm, '提交复查')
  await standsAt(firm, '待复查')
  expect(await firm.getByRole('button', { name: '复查合格' }).count()).toBe(0)

  await standsAt(office, '待复查')
  await act(office, '复查合格')
  await confirm(office, '复查合格')
  await office.getByText('已销号').first().waitFor()
  await office.getByText('360.50').waitFor()
  await office.getByRole('tab', { name: '变更记录' }).click()
  await office.getByRole('tabpanel', { name: '变更记录' }).getByText('更换三只应急照明灯').first().waitFor()
  await firm.context().close()
  await office.context().close()
})

test('before a second report of the same thing is saved, the first one is shown', async () => {
  const office = await signIn('town')
  const { enterprises } = await ask<{ enterprises: { nodes: { name: string }[] } }>(
    office,
    '{ enterprises(first: 1, where: { closedOn: { isNull: true } }) { nodes { id name } } }',
  )
  const name = enterprises.nodes[0]!.name
  const what = { place: '二楼楼梯口', description: '疏散通道堆放纸箱，宽度不足一米' }
  await report(office, name, what)
  await office.getByText('已登记 YH-').waitFor()
  await office.getByRole('button', { name: '再登记一条' }).click()
  await report(office, name, what)
  await dialogOf(office).getByText('疏散通道堆放纸箱').waitFor()
  await dialogOf(office).getByRole('link', { name: '是同一条' }).click()
  await standsAt(office, '已登记')
  await office.context().close()
})

test('a bulk act is done where the rules allow it, and says row by row where they do not', async () => {
  const office = await signIn('town')
  await office.goto(`${app.url}/hazards?queue=OPEN&sort=-foundOn`)
  await office.locator('tbody tr').first().waitFor()
  await office.getByRole('checkbox', { name: '选择本页全部' }).locator('..').click()
  await office.getByRole('button', { name: '批量下达' }).click()
  await confirm(office, '批量下达')
  const outcome = office.getByRole('dialog', { name: '批量办理结果' })
  await outcome.getByText(/办成 \d+ 条。没办成 \d+ 条/).waitFor()
  expect(await outcome.locator('tbody tr').first().textContent()).toContain('不能')
  await office.context().close()
})

test('a search is in the address: the link shows the same rows to whoever may see them', async () => {
  const office = await signIn('town')
  await office.goto(`${app.url}/hazards`)
  await office.getByRole('button', { name: /逾期未改/ }).click()
  await office.waitForURL(/queue=LATE/)
  await office.locator('tbody tr.late').first().waitFor()
  const { hazards } = await ask<{ hazards: { totalCount: number } }>(office, '{ hazards(queue: LATE) { totalCount } }')
  await office.getByText(`共 ${hazards.totalCount} 条`).waitFor()
  await office.reload()
  await office.getByText(`共 ${hazards.totalCount} 条`).waitFor()
  await office.context().close()
})

/** Goes on with Tab until the wanted button or field has the focus. */
async function tabTo(page: Page, name: string) {
  for (let presses = 0; presses < 120; presses++) {
    const at = await page.evaluate(() => {
      const on = document.activeElement as HTMLElement | null
      if (!on || !/^(BUTTON|INPUT|TEXTAREA|A)$/.test(on.tagName)) return ''
      return [on.getAttribute('aria-label'), ...[...((on as HTMLInputElement).labels ?? [])].map((label) => label.textContent), on.textContent].join(' ')
    })
    if (at.includes(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard finds no way to ${name}`)
}

test('without a mouse: a hazard is notified and another is sent back, by the keyboard alone', async () => {
  const office = await signIn('town')
  const { hazards } = await ask<{ hazards: { nodes: { id: string; acts: string[] }[] } }>(office, '{ hazards(first: 100, queue: OPEN) { nodes { id acts } } }')
  const can = (act: string) => hazards.nodes.find(({ acts }) => acts.includes(act))!.id
  const press = async (name: string) => {
    await tabTo(office, name)
    await office.keyboard.press('Enter')
  }

  await office.goto(`${app.url}/hazards/${can('NOTIFY')}`)
  await standsAt(office, '已登记')
  await press('下达整改通知')
  await dialogOf(office).getByText('整改要求').waitFor()
  await press('15 天')
  await press('下达整改通知')
  await standsAt(office, '已下达整改通知')

  await office.goto(`${app.url}/hazards/${can('RETURN')}`)
  await standsAt(office, '待复查')
  await press('复查不合格，退回')
  await dialogOf(office).getByText('退回原因').waitFor()
  await tabTo(office, '退回原因')
  await office.keyboard.type('整改后照片看不出护罩已经装好')
  await press('复查不合格，退回')
  await standsAt(office, '整改中')
  await office.context().close()
})

test('at 200 % zoom nothing is cut off sideways', async () => {
  const office = await signIn('town', { ...DESKTOP, viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 })
  for (const path of ['/', '/hazards', '/hazards/report', '/enterprises', '/statistics']) {
    await office.goto(app.url + path)
    await office.waitForLoadState('networkidle')
    expect(await office.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(1)
  }
  await office.context().close()
})
