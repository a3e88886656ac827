import type { Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'

/**
 * Boards in a real Chromium, for the bench that waits for them: opens as many pages of one link as it is told, and tells
 * for any instant at which a hazard was closed when each page had painted it.
 */
type Wanted = { url: string; open: number } | { closedAt: string; waitMs: number }

/** In the page: when each closure of the ticker was painted, by its instant; the frame that shows it is over when the message after it comes. */
function notePaints(): void {
  const painted: Record<string, number> = {}
  Object.assign(globalThis, { painted })
  const look = () => {
    for (const { dateTime } of document.querySelectorAll<HTMLTimeElement>('.board-rows time')) {
      if (!dateTime || dateTime in painted) continue
      painted[dateTime] = 0
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => void (painted[dateTime] = performance.timeOrigin + performance.now())
        port2.postMessage(0)
      })
    }
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['datetime'] })
}

const tell = (message: object) => void process.send!(message)

async function serve(): Promise<void> {
  const browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 960, height: 540 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await context.addInitScript(notePaints)
  const pages: { page: Page; ahead: number }[] = []
  const open = async (url: string): Promise<boolean> => {
    const page = await context.newPage()
    try {
      await page.goto(url, { timeout: 60_000 })
      await page.waitForSelector('.board-rows time', { timeout: 60_000 })
      pages.push({ page, ahead: await clockOf(page) })
      return true
    } catch {
      await page.close()
      return false // as many as the machine bears
    }
  }
  const paintedAt = ({ page, ahead }: { page: Page; ahead: number }, closedAt: string, waitMs: number) =>
    page
      .waitForFunction((at) => (globalThis as unknown as { painted: Record<string, number> }).painted[at] || undefined, closedAt, { timeout: waitMs })
      .then((handle) => handle.jsonValue())
      .then((at) => Number(at) - ahead)
      .catch(() => null)
  const answer = async (wanted: Wanted) => {
    if ('open' in wanted) {
      for (let i = pages.length; i < wanted.open && (await open(wanted.url)); i++);
      tell({ ready: pages.length })
    } else tell({ painted: await Promise.all(pages.map((one) => paintedAt(one, wanted.closedAt, wanted.waitMs))) })
  }
  process.on('message', (wanted: Wanted) => void answer(wanted).catch(fail))
  process.once('disconnect', () => void browser.close().then(() => process.exit(0)))
  tell({ ready: 0 })
}

/** How much a page's clock goes ahead of ours. */
async function clockOf(page: Page): Promise<number> {
  const looks: { wait: number; by: number }[] = []
  for (let n = 0; n < 5; n++) {
    const before = performance.timeOrigin + performance.now()
    const there = await page.evaluate(() => performance.timeOrigin + performance.now())
    const after = performance.timeOrigin + performance.now()
    looks.push({ wait: after - before, by: there - (before + after) / 2 })
  }
  return looks.toSorted((a, b) => a.wait - b.wait)[0]!.by
}

function fail(error: unknown): void {
  tell({ failed: String(error) })
  process.exit(1)
}
serve().catch(fail)
