import { DESKTOP, launchBrowser, PHONE } from './browser.ts'
import sharpless from 'node:fs'
const url = 'http://127.0.0.1:4115'
const browser = await launchBrowser()
const shot = async (page: any, name: string) => page.screenshot({ path: `/tmp/shots/${name}.png` })
const phone = await (await browser.newContext(PHONE)).newPage()
phone.setDefaultTimeout(15000)
phone.on('console', (m: any) => m.type() === 'error' && console.log('console', m.text()))
phone.on('pageerror', (e: any) => console.log('pageerror', e.message))
const signIn = async (username: string, screen = DESKTOP) => {
  const page = await (await browser.newContext(screen)).newPage()
  page.setDefaultTimeout(15000)
  page.on('pageerror', (e: any) => console.log('pageerror', e.message))
  await page.goto(url)
  await page.locator('#username').fill(username)
  await page.locator('input[type=password]').fill('jingu-2026')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '您好' }).waitFor()
  return page
}
const what = process.argv[2]
if (!what || what === 'a') {
  await phone.goto(`${url}/report?v=350524106201`)
  await phone.getByLabel('看到的情况').waitFor()
  await shot(phone, 'a1-form')
  await phone.getByRole('button', { name: '提交' }).click()
  await phone.getByText('请填写').first().waitFor()
  await shot(phone, 'a2-fault')
  const png = await phone.evaluate(() => {
    const c = document.createElement('canvas')
    c.width = 900
    c.height = 700
    const p = c.getContext('2d')!
    p.fillStyle = '#47a'
    p.fillRect(0, 0, 900, 700)
    return c.toDataURL('image/png').split(',')[1]
  })
  await phone.locator('input[type=file]').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from(png!, 'base64') })
  await phone.locator('figure img').waitFor()
  await phone.getByLabel('看到的情况').fill('夜里后门上锁，里面还有人干活，出口堆满了纸箱')
  await phone.getByLabel('地点').fill('老街 3 号后门')
  await phone.getByText('联系方式（可不填）').click()
  await phone.getByLabel('怎么称呼您').fill('阿陈')
  await phone.getByLabel('电话').fill('13800001111')
  await phone.waitForTimeout(500)
  await phone.screenshot({ path: '/tmp/shots/a3-filled.png', fullPage: true })
  await phone.reload()
  await phone.locator('figure img').waitFor()
  console.log('kept after reload', await phone.getByLabel('地点').inputValue())
  const t0 = Date.now()
  await phone.getByRole('button', { name: '提交' }).click()
  await phone.locator('output').waitFor()
  console.log('receipt', await phone.locator('output').textContent(), Date.now() - t0, 'ms')
  await shot(phone, 'a4-receipt')
  await phone.getByRole('link', { name: '看办理进度', exact: true }).click()
  await phone.getByText('镇安办已收到').waitFor()
  await shot(phone, 'a5-status')
  const office = await signIn('town')
  await shot(office, 'a6-home')
  await office.goto(`${url}/public-reports`)
  await office.locator('tbody tr').first().waitFor()
  await shot(office, 'a7-list')
  await office.getByRole('link', { name: /^JB-/ }).first().click()
  await office.getByRole('button', { name: '转为隐患' }).waitFor()
  await shot(office, 'a8-page')
  await office.getByRole('button', { name: '转为隐患' }).click()
  await office.getByRole('dialog').waitFor()
  await office.waitForTimeout(600)
  await shot(office, 'a9-accept')
  await office.keyboard.press('Escape')
  await office.goto(`${url}/rules`)
  await office.waitForTimeout(1500)
  await shot(office, 'a10-rules')
  const small = await signIn('town', PHONE)
  await small.goto(`${url}/public-reports`)
  await small.waitForTimeout(1500)
  await shot(small, 'a11-list-phone')
}
await browser.close()
