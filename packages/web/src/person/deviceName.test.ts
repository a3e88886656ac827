import { expect, test } from 'vitest'
import { deviceName } from './deviceName'

test('a phone in WeChat is called by the phone and WeChat, not by the browser inside', () => {
  const said = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.49'
  expect(deviceName(said)).toBe('Android · WeChat')
})

test('an office PC with Edge', () => {
  expect(deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0')).toBe('Windows · Edge')
})

test('what is not known is shown as it is', () => {
  expect(deviceName('curl/8.5')).toBe('curl/8.5')
})
