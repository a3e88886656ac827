import { DESKTOP, launchBrowser, PHONE } from './browser.ts'
const [, , who, device, ...paths] = process.argv
const browser = await launchBrowser()
const context = await browser.newContext(device === 'phone' ? PHONE : device === 'wall' ? { ...DESKTOP, viewport: { width: 1920, height: 1080 } } : DESKTOP)
const page = await context.newPage()
page.on('console', (m) => m.type() === 'error' && console.log('console:', m.text().slice(0, 300)))
page.on('pageerror', (e) => console.log('pageerror:', e.message.slice(0, 300)))
const base = process.env.BASE ?? 'http://127.0.0.1:4312'
await page.request.post(`${base}/graphql`, {
  data: { query: 'mutation ($u: String!, $p: String!) { signIn(username: $u, password: $p) { token } }', variables: { u: who, p: 'jingu-2026' } },
})
let n = 0
for (const path of paths) {
  await page.goto(base + path)
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.waitForTimeout(1500)
  const file = `/tmp/shots/${who}-${device}-${n++}.png`
  await page.screenshot({ path: file, fullPage: process.env.FULL === '1' })
  console.log(file, page.url())
}
await browser.close()
