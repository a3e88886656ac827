import { createHmac, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../refusal.js'

/** Signs the place in a list where a page ended; bound to the list, its order and its filter, so that it fits nothing else. */
export class Cursors {
  constructor(private readonly secret: string) {}

  sign(binding: string, values: unknown[]): string {
    const body = Buffer.from(JSON.stringify(values)).toString('base64url')
    return `${body}.${this.#mac(binding, body)}`
  }

  read(binding: string, cursor: string, length: number): unknown[] {
    const [body = '', mac = ''] = cursor.split('.')
    const wanted = this.#mac(binding, body)
    if (mac.length !== wanted.length || !timingSafeEqual(Buffer.from(mac), Buffer.from(wanted))) throw badCursor()
    const values = JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown[]
    if (values.length !== length) throw badCursor()
    return values
  }

  #mac(binding: string, body: string): string {
    return createHmac('sha256', this.secret).update(binding).update('\n').update(body).digest('base64url').slice(0, 22)
  }
}

const badCursor = () => new Refusal('BAD_CURSOR', '翻页位置已失效（筛选或排序变了），请从第一页重新查')
