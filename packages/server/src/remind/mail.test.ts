import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HazardStage } from '../hazard/terms.js'
import { alter } from '../testing/live.js'
import { inShanghai, remind } from '../testing/remind.js'
import { removeStores } from '../testing/store.js'
import { openTown, type Town } from '../testing/town.js'
import { isMailAddress } from './mailAddress.js'
import { useOutside } from './outside.js'
import { sendDue } from './sending.js'

let town: Town
let server: SMTPServer
const mails: { to: string[]; text: string }[] = []
beforeAll(async () => {
  town = await openTown()
  server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => (username === 'anbiao' && password === 'pass' ? done(null, { user: 'anbiao' }) : done(new Error('no'))),
    onData: (stream, session, done) => {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (part: string) => (text += part))
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: decoded(text) })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  useOutside({ publicUrl: 'https://anbiao.example', hookTargets: 'public', mailUrl: `smtp://anbiao:pass@127.0.0.1:${port}`, mailFrom: 'anbiao@town.example' })
  town.clock.now = inShanghai('2026-03-02', '09:00')
})
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve))
  await town.close()
  await removeStores()
})
/** The subject and the text, whichever way they were encoded. */
const decoded = (mail: string): string => {
  const [head, ...body] = mail.split('\r\n\r\n')
  const words = head!.replace(/\r\n /g, '').replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_all, text: string) => Buffer.from(text, 'base64').toString())
  return `${words}\n${/base64/i.test(head!) ? Buffer.from(body.join(''), 'base64').toString() : body.join('\n')}`
}
const place = () => ({ store: town.store, clock: () => town.clock.now, failed: (error: unknown) => expect(error).toBeUndefined() })
const set = (who: string, on: boolean, address?: string) =>
  town.ask(who, 'mutation ($on: Boolean!, $a: String) { reminderMail(on: $on, address: $a) { mail addressMasked mailPossible } }', { on, a: address })

test('who has asked for it gets one mail a day with kinds and numbers; who has not, gets none', async () => {
  expect((await set('industry', true, 'lin.mei@town.example')).data).toEqual({
    reminderMail: { mail: true, addressMasked: 'l***@town.example', mailPossible: true },
  })
  await alter(town.store, town.hazards['tea']!, { stage: HazardStage.RECTIFYING, dueOn: '2026-02-28' })
  await remind(town)
  await remind(town)
  await sendDue(place())
  await sendDue(place())
  expect(mails).toHaveLength(1)
  expect(mails[0]!.to).toEqual(['lin.mei@town.example'])
  expect(mails[0]!.text).toContain('安标：1 条提醒')
  expect(mails[0]!.text).toContain('逾期 YH-202601-tea')
  expect(mails[0]!.text).not.toContain('茶厂')
})

test('the address stands nowhere but in its own column, and goes when he no longer wants mail', async () => {
  const log = JSON.stringify(await town.store.reader.all('select diff, reason from change'))
  const out = JSON.stringify([await town.store.reader.all('select * from delivery'), await town.store.reader.all('select * from delivery_try')])
  expect(log + out).not.toContain('lin.mei')
  expect((await set('industry', false)).data).toMatchObject({ reminderMail: { mail: false, addressMasked: null } })
  expect(await town.store.reader.all('select address from reminder_choice')).toEqual([{ address: null }])
  expect((await set('industry', true)).errors?.[0]?.extensions.code).toBe('MISSING')
  expect((await set('industry', true, 'not an address')).errors?.[0]?.extensions.code).toBe('MAIL_ADDRESS')
})

test('an address is one and cannot smuggle a second', () => {
  for (const good of ['a@b.cn', 'lin.mei+x@mail.town.gov.cn']) expect(isMailAddress(good), good).toBe(true)
  for (const bad of ['a@b', 'a b@c.cn', 'a@b.cn,c@d.cn', 'a@b.cn\r\nBcc: c@d.cn', '<a@b.cn>', '@b.cn', `${'a'.repeat(65)}@b.cn`])
    expect(isMailAddress(bad), bad).toBe(false)
})
