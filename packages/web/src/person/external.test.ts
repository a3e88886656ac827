import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const HOUR = 3_600_000
let network: EventTarget
let asked: number
let reachable: boolean
beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers()
  network = new EventTarget()
  asked = 0
  reachable = false
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network))
  vi.stubGlobal('fetch', () => {
    asked++
    return reachable ? Promise.resolve(Response.json({ name: '安溪县统一身份认证' })) : Promise.reject(new TypeError('no network'))
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const external = async () => (await import('./external')).useExternal()

test('a page that is open without a network asks for the county ever more seldom, and at once when the network is back', async () => {
  const name = await external()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toBeGreaterThan(1)
  await vi.advanceTimersByTimeAsync(HOUR)
  const inTheFirstHour = asked
  expect(inTheFirstHour).toBeLessThan(30)
  reachable = true
  network.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect([asked, name.value]).toEqual([inTheFirstHour + 1, '安溪县统一身份认证'])
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(asked).toBe(inTheFirstHour + 1)
})

test('a server that is being started anew is found without that event', async () => {
  const name = await external()
  await vi.advanceTimersByTimeAsync(1_000)
  reachable = true
  await vi.advanceTimersByTimeAsync(5_000)
  expect(name.value).toBe('安溪县统一身份认证')
})
