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
  const page = await (await browser.newContext({ ...screen, locale: 'zh-CN' })).newPage()
  await page.goto(app.url)
  await page.locator('input[autocomplete=username], input[name=username]').fill(username)
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText('等我办理').or(page.getByText('重点关注')).first().waitFor()
  return page
}

async function ask<T>(page: Page, query: string, variables: object = {}): Promise<T> {
  const answer = await page.evaluate(
    async ([text, given]) =>
      (
        await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: text, variables: given }) })
      ).json(),
    [query, variables] as const,
  )
  return (answer as { data: T }).data
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
test('a clerk drops the enterprise ledger, sees the verdict on every row and takes the accepted ones; the second time nothing changes', async () => {
  const page = await signIn('town')
  const ledger = new URL('../../server/test-data/ledgers/企业台账.xlsx', import.meta.url).pathname
  for (const [chip, taken] of [
    ['新增', '300'],
    ['无变化', '300'],
  ] as const) {
    await page.goto(`${app.url}/ledger`)
    // Its bytes, not its path: without a UTF-8 locale the browser finds no file of a Chinese name.
    await page.setInputFiles('input[type=file]', { name: '企业台账.xlsx', mimeType: XLSX, buffer: await readFile(decodeURI(ledger)) })
    await page.getByRole('button', { name: `${chip} ${taken}` }).waitFor()
    expect(await page.getByRole('button', { name: '退回 24' }).count()).toBe(1)
    expect(await page.getByText('景坑村').count()).toBeGreaterThan(0)
    if (chip === '无变化') continue
    await page.getByRole('button', { name: '只导入通过的 300 行' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '只导入通过的行' }).click()
    await page.getByText('新增 300 行').waitFor()
  }
  await page.context().close()
})

interface Reviewable {
  id: string
  acts: string[]
  severity: string
  source: string
}
/** Somebody of the demo town whom a hazard waits for that one signature closes. */
async function reviewer(): Promise<{ office: Page; one: Reviewable }> {
  for (const username of [
    'station.industry_station',
    'station.market_station',
    'station.build_station',
    'station.land_station',
    'station.transport_station',
    'village.金谷村',
    'ent.1.safety',
  ]) {
    const office = await signIn(username)
    const { hazards } = await ask<{ hazards: { nodes: Reviewable[] } }>(
      office,
      '{ hazards(queue: TO_REVIEW, first: 50) { nodes { id acts severity source } } }',
    )
    const one = hazards.nodes.find((hazard) => hazard.acts.includes('CLOSE') && hazard.severity === 'GENERAL' && hazard.source !== 'ENFORCEMENT')
    if (one) return { office, one }
    await office.context().close()
  }
  throw new Error('nothing waits for a review in the demo town')
}

test('the board in one browser moves when a hazard is closed in another', async () => {
  const wall = await signIn('town')
  await wall.goto(`${app.url}/board`)
  const closed = async () =>
    (await ask<{ hazardStatistics: { total: { closed: number } } }>(wall, '{ hazardStatistics(by: TOTAL) { total { closed } } }')).hazardStatistics.total.closed
  const before = await closed()
  await wall.getByText(String(before), { exact: true }).first().waitFor()
  const { office, one } = await reviewer()
  await office.goto(`${app.url}/hazards/${one.id}`)
  await office.getByRole('button', { name: '复查合格' }).first().click()
  await office.getByRole('dialog').getByRole('button').last().click()
  await wall
    .getByText(String(before + 1), { exact: true })
    .first()
    .waitFor({ timeout: 5_000 })
  await office.context().close()
  await wall.context().close()
})

const PAGES: [string, BrowserContextOptions, string[]][] = [
  [
    'town',
    DESKTOP,
    [
      '/',
      '/hazards',
      '/rectifications',
      '/hazards/report',
      '/enterprises',
      '/enterprises/new',
      '/ledger',
      '/statistics',
      '/divisions',
      '/stations',
      '/help',
      '/board-links',
    ],
  ],
  ['ent.1', PHONE, ['/', '/hazards', '/hazards/report', '/enterprises', '/help']],
]
test.each(PAGES)('no page of %s has a serious fault of accessibility, an error or a sideways scroll', async (who, screen, paths) => {
  const page = await signIn(who, screen)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  for (const path of paths) {
    await page.goto(app.url + path)
    await page.waitForLoadState('networkidle')
    await page.evaluate(axe.source)
    const faults = await page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run()
      return violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${one.id}: ${one.nodes[0]?.html.slice(0, 120)}`)
    })
    expect(faults, `${who} ${path}`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${who} ${path}`).toBeLessThanOrEqual(1)
  }
  expect(errors).toEqual([])
  await page.context().close()
})
