import { expect, test } from 'vitest'
import { cleanName, contentDisposition, withExtension } from './fileName.js'

test.each([
  ['现场照片 1.JPG', '现场照片 1.JPG'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\C:\\boot.ini', 'boot.ini'],
  ['C:evil.jpg', 'C_evil.jpg'],
  ['a\0.jpg', 'a.jpg'],
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['零\u200b宽.jpg', '零宽.jpg'],
  ['con.jpg', '_con.jpg'],
  ['NUL', '_NUL'],
  ['...', '未命名'],
  ['', '未命名'],
  [undefined, '未命名'],
  ['%2e%2e%2fa.jpg', '%2e%2e%2fa.jpg'],
])('the name %j is shown as %j', (sent, shown) => {
  expect(cleanName(sent)).toBe(shown)
})

test('a very long name is cut and keeps its ending', () => {
  const name = cleanName(`${'照'.repeat(5_000)}.jpg`)
  expect([...name].length).toBe(120)
  expect(name.endsWith('照.jpg')).toBe(true)
  expect([...cleanName('片'.repeat(500))].length).toBeLessThanOrEqual(120)
})

test('an ending is replaced or added', () => {
  expect(withExtension('配电箱.png', 'jpg')).toBe('配电箱.jpg')
  expect(withExtension('image', 'jpg')).toBe('image.jpg')
})

test('a name cannot break out of its header', () => {
  expect(contentDisposition('attachment', '通知书 "1".pdf')).toBe(
    `attachment; filename="___ _1_.pdf"; filename*=UTF-8''%E9%80%9A%E7%9F%A5%E4%B9%A6%20%221%22.pdf`,
  )
  expect(contentDisposition('inline', 'a\r\nset-cookie: x=1')).not.toMatch(/[\r\n]/)
})
