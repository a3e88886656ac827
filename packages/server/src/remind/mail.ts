import { createTransport } from 'nodemailer'
import { headingOf, linesOf, type Said } from './message.js'
import { theOutside } from './outside.js'

export const mailIsSet = (): boolean => !!theOutside().mailUrl

const PATIENCE_MS = 15_000

/** One mail over a connection of its own: a day's digests are few. */
export async function sendMail(to: string, said: Said): Promise<void> {
  const { mailUrl, mailFrom, publicUrl } = theOutside()
  if (!mailUrl) throw new Error('没有设置发信服务器')
  const transport = createTransport({ url: mailUrl, connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: 2 * PATIENCE_MS })
  try {
    await transport.sendMail({ from: mailFrom, to, subject: headingOf(said), text: linesOf(said, publicUrl).join('\n'), textEncoding: 'base64' })
  } finally {
    transport.close()
  }
}
