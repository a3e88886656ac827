import sharp from 'sharp'
import type { Town } from './town.js'

/** Somebody sends a photo; the id under which it waits to be attached. */
export async function aPhoto(town: Town, who: string): Promise<string> {
  const background = { r: Math.floor(Math.random() * 255), g: 90, b: 20 }
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .jpeg()
    .toBuffer()
  const boundary = 'photo-boundary'
  const payload = Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`),
    jpeg,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const headers = { authorization: `Bearer ${await town.as(who)}`, 'content-type': `multipart/form-data; boundary=${boundary}` }
  const answer = await town.app.fastify.inject({ method: 'POST', url: '/files', headers, payload })
  return answer.json<{ files: { id: string }[] }>().files[0]!.id
}
