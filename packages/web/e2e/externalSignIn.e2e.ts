import { createServer, type AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Identity, startIdentity } from '../../server/src/testing/identity.js'
import { PASSWORD, type RunningApp, startApp } from './app.js'
import { DESKTOP, launchBrowser, PHONE } from './browser.js'

/** The provider wants to know where its visitors go back to before the app runs. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

let identity: Identity
let app: RunningApp
let browser: Browser
beforeAll(async () => {
  const port = await freePort()
  identity = await startIdentity(`http://127.0.0.1:${port}`)
  const outside = { ...identity.settings, OIDC_NAME: '安溪县统一身份认证', OIDC_PROVISION: 'on', OIDC_ROLES: 'anban=TOWN_OFFICE' }
  app = await startApp({ ...outside, PORT: String(port), SEED: 'empty' })
  await appoint()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await identity?.stop()
})

async function ask<T>(query: string, variables: object, token = ''): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const reply = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  const { data, errors } = (await reply.json()) as { data: T; errors?: unknown }
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}
const OWN = 'anbiao-journey-2'
/** Signs in with the password that was given once, and takes one of his own. */
async function settle(u: string, p: string): Promise<string> {
  const { signIn } = await ask<{ signIn: { token: string } }>('mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', { u, p })
  await ask('mutation ($p: String!, $n: String!) { passwordChange(current: $p, next: $n) { id } }', { p, n: OWN }, signIn.token)
  return signIn.token
}
/** A town with nothing in it but an admin, a village clerk and somebody of the office. */
async function appoint(): Promise<void> {
  const admin = await settle('admin', PASSWORD)
  for (const [username, role, division] of [
    ['clerk', 'VILLAGE', '350524106201'],
    ['office', 'TOWN_OFFICE', '350524106'],
  ] as const) {
    const made = await ask<{ accountCreate: { password: string } }>(
      'mutation ($u: String!, $f: PersonInput!) { accountCreate(username: $u, facts: $f) { password } }',
      { u: username, f: { name: `样本${username}`, role, division } },
      admin,
    )
    await settle(username, made.accountCreate.password)
  }
}

const open = async (screen: BrowserContextOptions = DESKTOP): Promise<Page> => (await browser.newContext(screen)).newPage()
const leave = (page: Page) => page.getByRole('button', { name: '用安溪县统一身份认证登录' }).click()
/** Shows himself at the provider, and agrees that we may know it. */
async function enterThere(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  const agree = page.getByRole('button', { name: 'Continue' })
  await agree.or(page.locator('#app > *').first()).first().waitFor()
  if (await agree.count()) await agree.click()
}
const own = (page: Page) => page.locator('button.user')
async function signOut(page: Page): Promise<void> {
  await own(page).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await page.waitForURL('**/sign-in')
}
async function signIn(page: Page, username: string): Promise<void> {
  await page.goto(`${app.url}/sign-in`)
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(OWN)
  await page.keyboard.press('Enter')
  await own(page).waitFor()
}

test('a village clerk comes in through the county at the page he asked for, and the next one in his chair is asked who he is', async () => {
  identity.people['c-1'] = { preferred_username: 'Clerk' }
  const page = await open()
  await page.goto(`${app.url}/hazards?queue=TO_REVIEW`)
  await leave(page)
  await enterThere(page, 'c-1')
  await page.waitForURL(`${app.url}/hazards?queue=TO_REVIEW`)
  await own(page).click()
  await page.getByText('村 · clerk').or(page.getByText('clerk')).last().waitFor()
  await page.keyboard.press('Escape')
  await page.goto(`${app.url}/me/sign-in`)
  await page.getByText('这次登录用的是：安溪县统一身份认证').waitFor()
  await signOut(page)
  identity.people['fresh'] = { preferred_username: 'newcomer', name: '样本新', role: 'anban', division: '350524106' }
  await leave(page)
  await enterThere(page, 'fresh')
  await page.getByRole('button', { name: '样本新' }).waitFor()
  await page.context().close()
})

test('who is known to nobody, or thinks better of it there, is told so, and the admin still has his password', async () => {
  const page = await open(PHONE)
  identity.people['guest'] = { preferred_username: 'guest', role: 'guest' }
  await page.goto(app.url)
  await leave(page)
  await enterThere(page, 'guest')
  await page.getByRole('alert').filter({ hasText: '没有对应到本系统的账号' }).waitFor()
  await leave(page)
  await page.getByText('Cancel').click()
  await page.getByRole('alert').filter({ hasText: '您在统一身份认证中取消了登录' }).waitFor()
  await signIn(page, 'admin')
  await page.context().close()
})

test('somebody binds his own account with his password, comes in by it, and the admin lets it go for good', async () => {
  identity.people['office-77ab'] = { preferred_username: 'office' }
  const page = await open()
  await signIn(page, 'office')
  await page.goto(`${app.url}/me/sign-in`)
  await page.getByRole('button', { name: '绑定', exact: true }).click()
  await page.getByRole('dialog').locator('input').fill(OWN)
  await page.getByRole('button', { name: '去安溪县统一身份认证登录' }).click()
  await enterThere(page, 'office-77ab')
  await page.getByText('已绑定 …77ab').waitFor()
  await signOut(page)
  await leave(page)
  await enterThere(page, 'office-77ab')
  await own(page).waitFor()
  const admin = await open()
  await signIn(admin, 'admin')
  // As with every list, the address says what is looked for.
  await admin.goto(`${app.url}/accounts?search=office`)
  await admin.getByText('已绑定 …77ab').waitFor()
  expect(await admin.getByRole('row').count()).toBe(2)
  // No column of it is out of view.
  expect(await admin.getByRole('region', { name: '账号' }).evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
  await admin.getByRole('row', { name: '样本office' }).getByText('更多').click()
  await admin.getByRole('menuitem', { name: '解除绑定' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '解除绑定' }).click()
  await admin.getByText('“样本office”的统一身份已解除绑定').waitFor()
  await page.goto(`${app.url}/hazards`)
  await page.waitForURL(`${app.url}/sign-in?to=/hazards`)
  await leave(page)
  await page.getByRole('alert').filter({ hasText: '绑定已经解除' }).waitFor()
  await admin.context().close()
  await page.context().close()
})
