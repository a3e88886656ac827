import { buffer } from 'node:stream/consumers'
import { type FileStore, type StoredFile, thumbNameOf } from './files.js'
import { thumbnail } from './photo.js'

const making = new Map<string, Promise<void>>()

/** The small picture of a photo, made when it is first looked at and kept from then on. */
export async function thumbOf(files: FileStore, sha256: string): Promise<StoredFile | undefined> {
  const name = thumbNameOf(sha256)
  const known = await files.stream(name)
  if (known) return known
  const made = making.get(name) ?? make(files, sha256, name).finally(() => making.delete(name))
  making.set(name, made)
  await made
  return files.stream(name)
}

async function make(files: FileStore, sha256: string, name: string): Promise<void> {
  const photo = await files.stream(sha256)
  if (photo) await files.put(name, (await thumbnail(await buffer(photo.body))).bytes)
}
