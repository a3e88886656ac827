import { crc32, deflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, startApp, type RunningApp } from './app.js'
import { launchBrowser, PHONE } from './browser.js'

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
async function phone(username?: string): Promise<Page> {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  if (username) await ask(page, 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', { u: username, p: PASSWORD })
  return page
}
/** The worker has fetched what the pages need, and answers for them. */
const ready = (page: Page) => page.waitForFunction(() => !!navigator.serviceWorker.controller, undefined, { timeout: 60_000 })
const records = async (page: Page) => (await ask<{ checks: { totalCount: number } }>(page, '{ checks { totalCount } }')).checks.totalCount

/** 符合 all the way, one 不符合 with a note and a photo, signed, submitted. */
async function fill(page: Page): Promise<void> {
  await page.getByRole('radio', { name: '不符合' }).click()
  await page.getByLabel('哪里不符合').fill('防护罩松动')
  await page.locator('input[type=file]').first().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PIXEL })
  await page.locator('.shots img').first().waitFor()
  await page.getByRole('button', { name: /下一项|去提交/ }).click()
  while (await page.getByRole('radio', { name: '符合', exact: true }).isVisible()) {
    const before = await page.locator('.place').first().innerText()
    await page.getByRole('radio', { name: '符合', exact: true }).click()
    await page.waitForFunction((text) => document.querySelector('.place')?.textContent?.trim() !== text.trim(), before)
  }
}
async function signAndSubmit(page: Page): Promise<void> {
  const pad = page.locator('canvas').first()
  await pad.scrollIntoViewIfNeeded()
  const box = (await pad.boundingBox())!
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 180, box.y + 90, { steps: 6 })
  await page.mouse.up()
  await page.getByRole('button', { name: '提交检查' }).click()
}
/** A picture as a camera gives one, only smaller. */
function png(side: number): Buffer {
  const part = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.from([0, 0, 0, side, 0, 0, 0, side, 8, 2, 0, 0, 0])
  const rows = Buffer.alloc((side * 3 + 1) * side, 90).map((byte, i) => (i % (side * 3 + 1) === 0 ? 0 : byte))
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), part('IHDR', head), part('IDAT', deflateSync(rows)), part('IEND', Buffer.alloc(0))])
}
const PIXEL = png(64)

test('a check begun without a network is kept over a reload, waits, and is sent exactly once when the network is back', async () => {
  const page = await phone('ent.1.post')
  await page.goto(`${app.url}/my-checks`)
  const first = page.locator('button.card').first()
  await first.waitFor()
  await ready(page)
  const before = await records(page)

  await page.context().setOffline(true)
  await page.reload()
  await first.click()
  await fill(page)
  await page.reload() // the drawer of a phone that was put away
  await page.getByText('核对与签字').waitFor()
  await signAndSubmit(page)
  await page.getByText('已保存在本机，待上传').waitFor()
  await page.goto(`${app.url}/my-checks`)
  await page.locator('.card.READY').waitFor()
  await page.getByText('待上传 1').waitFor()
  expect(await records(page)).toBe(before)

  await page.context().setOffline(false)
  await page.getByText(/✓ JC-/).waitFor()
  expect(await records(page)).toBe(before + 1)
  const { checks } = await ask<{
    checks: {
      nodes: {
        task: { state: string }
        signatures: { totalCount: number }
        results: { nodes: { outcome: string; files: object[]; hazard: object | null }[] }
      }[]
    }
  }>(
    page,
    '{ checks(first: 1, orderBy: [{ field: createdAt, dir: DESC }]) { nodes { task { state } signatures { totalCount } results(orderBy: [{ field: seq }]) { nodes { outcome files { id } hazard { number } } } } } }',
  )
  expect(checks.nodes[0]).toMatchObject({ task: { state: 'DONE' }, signatures: { totalCount: 1 } })
  expect(checks.nodes[0]!.results.nodes[0]).toMatchObject({ outcome: 'FAIL', files: [{}], hazard: { number: expect.stringContaining('YH-') as string } })
  await page.context().close()
}, 180_000)

test('an answer that is lost makes no second record: the draft is sent again and answered with the first', async () => {
  // A town of its own: late in the day one list is due, and the journey before has done it.
  const before = app
  app = await startApp()
  try {
    await loseAnAnswer()
  } finally {
    await app.stop()
    app = before
  }
}, 180_000)

async function loseAnAnswer(): Promise<void> {
  const page = await phone('ent.1.post')
  await page.goto(`${app.url}/my-checks`)
  await page.locator('button.card').first().click()
  await fill(page)
  const before = await records(page)
  let [sent, lost] = [0, 0]
  await page.route('**/graphql', async (route) => {
    if (sent || !route.request().postData()?.includes('checkSubmit')) return route.continue()
    sent++
    await route.fetch() // the server has it; the answer never comes
    lost++
    return route.abort('connectionreset')
  })
  await signAndSubmit(page)
  await page.getByText('已保存在本机，待上传').waitFor()
  await expect.poll(() => lost, { timeout: 20_000 }).toBe(1)
  expect(await records(page)).toBe(before + 1)
  await page.getByRole('button', { name: '现在上传' }).click()
  await page.getByRole('heading', { name: '已上传' }).waitFor()
  expect(await records(page)).toBe(before + 1)
  await page.context().close()
}

test('a card shows nothing until the PIN is typed, then its list; and works without a network from then on', async () => {
  const [, address, pin] = /岗位卡片：(\/card\/\w+) {2}口令 (\d{6})/.exec(app.output())!
  const page = await phone()
  await page.goto(app.url + address)
  await page.getByRole('heading', { name: '请输入岗位口令' }).waitFor()
  const text = await page.locator('body').innerText()
  expect(text).not.toMatch(/茶厂|车间：|杀青/)
  await page.getByLabel('岗位口令').fill(pin!)
  await page.getByLabel('姓名').fill('李某')
  await page.getByRole('button', { name: '打开卡片' }).click()
  await page.getByText('检查人：李某').waitFor()
  await ready(page)
  await page.context().setOffline(true)
  await page.reload()
  await page.getByText('检查人：李某').waitFor()
  await page.locator('button.card').first().click()
  await fill(page)
  await signAndSubmit(page)
  await page.getByText('已保存在本机，待上传').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: '已上传' }).waitFor()
  await page.context().close()
}, 180_000)
