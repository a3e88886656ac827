import { createHmac } from 'node:crypto'
import { HookStyle } from './hook.entity.js'
import { headingOf, linesOf, type Said } from './message.js'
import { KIND_NAME } from './reminder.entity.js'

export interface Outgoing {
  url: URL
  headers: Record<string, string>
  body: string
}
interface Wish {
  url: URL
  secret: string | undefined
  said: Said
  /** The same for every try, so that a receiver knows a repetition. */
  id: string
  now: Date
  publicUrl: string
}

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text)

/** As each receiver documents its robots: how the message looks, and how it is signed. */
const STYLES: Record<HookStyle, (wish: Wish) => Outgoing> = {
  // 钉钉自定义机器人，加签: base64(HMAC-SHA256(secret, timestamp + "\n" + secret)) in the query, milliseconds.
  DINGTALK: ({ url, secret, said, now, publicUrl }) => {
    const signed = new URL(url)
    if (secret) {
      const timestamp = String(now.getTime())
      signed.searchParams.set('timestamp', timestamp)
      signed.searchParams.set('sign', hmac(secret, `${timestamp}\n${secret}`).digest('base64'))
    }
    const title = headingOf(said)
    return posting(signed, {
      msgtype: 'markdown',
      markdown: { title, text: [`#### ${title}`, ...linesOf(said, publicUrl).map((line) => `- ${line}`)].join('\n') },
    })
  },
  // 企业微信群机器人 has no signature of its own: the key in its address is the secret.
  WECOM: ({ url, said, publicUrl }) =>
    posting(url, { msgtype: 'markdown', markdown: { content: [`**${headingOf(said)}**`, ...linesOf(said, publicUrl).map((line) => `> ${line}`)].join('\n') } }),
  // Our own: hex HMAC-SHA256 over "timestamp.body", seconds.
  JSON: ({ url, secret, said, id, now, publicUrl }) => {
    const outgoing = posting(url, {
      ...{ id, event: said.trial ? 'test' : 'reminders', total: said.total, url: `${publicUrl}/reminders` },
      items: said.items.map((item) => ({ ...item, label: KIND_NAME[item.kind] })),
    })
    const timestamp = String(Math.floor(now.getTime() / 1000))
    const headers = { ...outgoing.headers, 'x-anbiao-delivery': id, 'x-anbiao-timestamp': timestamp }
    return {
      ...outgoing,
      headers: secret ? { ...headers, 'x-anbiao-signature': `sha256=${hmac(secret, `${timestamp}.${outgoing.body}`).digest('hex')}` } : headers,
    }
  },
}
const posting = (url: URL, content: object): Outgoing => ({
  url,
  headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Anbiao' },
  body: JSON.stringify(content),
})

export const outgoing = (style: HookStyle, wish: Wish): Outgoing => STYLES[style](wish)

/** A robot answers 200 even when it refuses; its errcode says so. */
export function refusedBy(style: HookStyle, answer: string): string | undefined {
  if (style === HookStyle.JSON) return undefined
  try {
    const { errcode } = JSON.parse(answer) as { errcode?: unknown }
    return errcode === 0 ? undefined : `errcode ${String(errcode).slice(0, 20)}`
  } catch {
    return '答复不是机器人的格式'
  }
}
