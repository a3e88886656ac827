import { launchBrowser, DESKTOP, PHONE } from '/work/wt/inspection/packages/web/e2e/browser.ts'
const url = 'http://127.0.0.1:4104'
const browser = await launchBrowser()
const what = process.argv.slice(2)
async function session(user, screen) {
  const context = await browser.newContext(screen)
  const page = await context.newPage()
  page.on('pageerror', (e) => console.log('PAGEERROR', e.message))
  page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text().slice(0, 300)))
  if (user) {
    const a = await context.request.post(url + '/graphql', { data: { query: 'mutation($u:String!){signIn(username:$u,password:"anbiao-demo-1"){token}}', variables: { u: user } } })
    if ((await a.json()).errors) console.log(JSON.stringify(await a.json()))
  }
  return { context, page }
}
for (const one of what) {
  const [user, screen, path, name] = one.split('|')
  const { context, page } = await session(user, screen === 'p' ? PHONE : DESKTOP)
  await page.goto(url + path)
  await page.waitForTimeout(2500)
  await page.screenshot({ path: `/tmp/shot-${name}.png`, fullPage: false })
  console.log(name, page.url())
  await context.close()
}
await browser.close()
