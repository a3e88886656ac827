import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESKTOP, launchBrowser, PHONE } from './browser.js'

let browser: Browser
let server: Server
beforeAll(async () => {
  browser = await launchBrowser()
  server = createServer((_, reply) =>
    reply
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end('<meta name="viewport" content="width=device-width"><p style="font:40px sans-serif;display:inline-block">安全</p>'),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

test('the browser of the journeys shows Chinese, on a desktop and on a phone', async () => {
  for (const screen of [DESKTOP, PHONE]) {
    const context = await browser.newContext(screen)
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    // A font that lacks the characters would draw two equal boxes.
    const ink = (text: string) => page.evaluate(inkOf, text)
    expect(await ink('安')).not.toBe(await ink('全'))
    expect(await page.evaluate(() => window.innerWidth)).toBe(screen.viewport!.width)
    await context.close()
  }
})

function inkOf(text: string): string {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')!
  pen.font = '40px sans-serif'
  pen.fillText(text, 10, 50)
  return canvas.toDataURL()
}
