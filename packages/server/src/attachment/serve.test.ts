import { buffer } from 'node:stream/consumers'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { graphql } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Ctx, Query, Resolver } from 'type-graphql'
import { Hazard } from '../hazard/hazard.entity.js'
import { attachRelations } from '../shared/read/relations.js'
import type { Context } from '../shared/context.js'
import { run } from '../shared/run.js'
import { removeStores } from '../testing/store.js'
import { attachPhotos } from './attach.js'
import { Attachment, AttachmentPurpose } from './attachment.entity.js'
import { HazardPhotosResolver } from './attachment.resolver.js'
import { clearUnattached } from './clearUnattached.js'
import { nameOf } from './files.js'
import { type Bench, bench, jpeg } from '../testing/fileBench.js'

let b: Bench
beforeAll(async () => void (b = await bench()))
afterAll(async () => {
  await b.app.close()
  await b.store.close()
  await removeStores()
})

let seen = 0
const upload = async (who: string, name = '现场 (1).jpg') => {
  const answer = await b.send(who, [{ name, bytes: name.endsWith('.pdf') ? '%PDF-1.4\n%%EOF\n' : await jpeg(`#${String(100 + seen++)}`, 800) }])
  return (answer.json() as { files: { id: string }[] }).files[0]!.id
}
const attach = (who: string, ids: string[], purpose = AttachmentPurpose.BEFORE, round = 0) =>
  b.act(b.people[who], async ({ em }) => attachPhotos(em, await em.findOneOrFail(Hazard, b.hazard.id), ids, purpose, round, b.people[who]!))
const shaOf = async (id: string) => (await b.store.reader.all('select sha256 from attachment where id = ?', [id]))[0]!['sha256'] as string

describe('a photo not used yet', () => {
  let id: string
  beforeEach(async () => void (id = await upload('village')))

  test('is seen by who sent it and by nobody else, not even by the town above him', async () => {
    expect((await b.get('village', `/files/${id}`)).statusCode).toBe(200)
    for (const who of ['town', 'otherVillage', 'enterprise', 'county']) expect((await b.get(who, `/files/${id}`)).statusCode).toBe(404)
  })

  test('cannot be attached by anybody else, in the words of an id that never was', async () => {
    const words = '没有找到该照片，可能已被移走，或不在您的管辖范围内'
    await expect(attach('town', [id])).rejects.toMatchObject({ code: 'NOT_FOUND', message: words, params: { field: 'photos' } })
    for (const never of ['0193aaaa-0000-7000-8000-000000000000', '', '\0', "' or 1=1"])
      await expect(attach('town', [never])).rejects.toMatchObject({ code: 'NOT_FOUND', message: words, params: { field: 'photos' } })
  })
})

describe('a photo of a hazard', () => {
  let id: string
  beforeEach(async () => {
    id = await upload('village')
    expect(await attach('village', [id, id], AttachmentPurpose.BEFORE, 1)).toBe(1)
  })

  test('is seen by exactly those who see the hazard; the others learn nothing from the answer', async () => {
    for (const who of ['village', 'town', 'enterprise', 'county']) expect((await b.get(who, `/files/${id}`)).statusCode).toBe(200)
    const missing = await b.get('town', '/files/0193aaaa-0000-7000-8000-000000000000')
    for (const who of ['otherVillage', 'otherStation', 'otherWorkshop']) {
      const answer = await b.get(who, `/files/${id}`)
      expect([answer.statusCode, answer.body]).toEqual([404, missing.body])
      expect((await b.get(who, `/files/${id}/thumb`)).statusCode).toBe(404)
    }
    expect((await b.get('nobody', `/files/${id}`)).statusCode).toBe(401)
    expect((await b.get('board', `/files/${id}`)).statusCode).toBe(403)
    for (const path of ['/files/..%2f..%2fetc%2fpasswd', `/files/${id}%00`, `/files/${'a'.repeat(90)}`, "/files/'%20or%201=1"])
      expect((await b.get('town', path)).statusCode).toBe(404)
  })

  test('stands from then on where the hazard stands and cannot be used again', async () => {
    const kept = await b.store.em(b.people['enterprise']!.scope).findOneOrFail(Attachment, id)
    expect(kept).toMatchObject({ division: b.hazard.division, station: 'industry', purpose: 'BEFORE', round: 1 })
    await expect(attach('village', [id])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('is sent so that a browser can only show it', async () => {
    const { headers, rawPayload } = await b.get('town', `/files/${id}`)
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(rawPayload.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      'content-disposition': `inline; filename="__ (1).jpg"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%281%29.jpg`,
      etag: `"${id}"`,
    })
    expect((await sharp(rawPayload).metadata()).format).toBe('jpeg')
  })

  test('is not sent again to who has it, and a right that is gone is gone at once', async () => {
    const headers = { 'if-none-match': `"${id}"` }
    expect(await b.get('town', `/files/${id}`, headers)).toMatchObject({ statusCode: 304, body: '' })
    expect((await b.get('otherVillage', `/files/${id}`, headers)).statusCode).toBe(404)
  })

  test('has a small picture, made when first looked at, however many look', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => b.get('town', `/files/${id}/thumb`)))
    for (const { statusCode, rawPayload } of answers) {
      expect(statusCode).toBe(200)
      expect(await sharp(rawPayload).metadata()).toMatchObject({ width: 320, height: 320 })
    }
    expect(await b.files.has(`${await shaOf(id)}.thumb`)).toBe(true)
  })

  test('whose bytes are lost is not found', async () => {
    const sha = await shaOf(id)
    await rm(join(b.dataDir, 'files', sha.slice(0, 2), sha))
    expect((await b.get('town', `/files/${id}`)).statusCode).toBe(404)
  })
})

test('of two acts that use one photo at the same time, one is refused', async () => {
  const id = await upload('village')
  const outcomes = await Promise.allSettled([attach('village', [id]), attach('village', [id], AttachmentPurpose.AFTER)])
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = outcomes.find((one) => one.status === 'rejected')
  expect(refused?.reason).toMatchObject({ code: expect.stringMatching(/^(CONFLICT|NOT_FOUND)$/) as string })
})

test('an upload of a station, given to a hazard that no station is responsible for, belongs to no station', async () => {
  const id = await upload('station')
  const stations = () =>
    b.store.reader.all('select a.station as of_photo, h.station as of_hazard from attachment a, hazard h where a.id = ? and h.id = ?', [id, b.hazard.id])
  expect(await stations()).toEqual([{ of_photo: 'industry', of_hazard: 'industry' }])
  await b.act(undefined, async ({ em }) => {
    const hazard = await em.findOneOrFail(Hazard, b.hazard.id, { filters: false })
    delete hazard.station
    await attachPhotos(em, hazard, [id], AttachmentPurpose.AFTER, 0, b.people['station']!)
  })
  expect(await stations()).toEqual([{ of_photo: null, of_hazard: null }])
  await b.act(undefined, async ({ em }) => void ((await em.findOneOrFail(Hazard, b.hazard.id, { filters: false })).station = 'industry'))
})

test('a PDF is saved, not shown, and is no photo', async () => {
  const id = await upload('town', '通知书.pdf')
  await expect(attach('town', [id])).rejects.toMatchObject({ code: 'NOT_A_PHOTO', message: '“通知书.pdf”不是照片，整改前后须上传照片' })
  expect(await attach('town', [id], AttachmentPurpose.NOTICE)).toBe(1)
  expect((await b.get('enterprise', `/files/${id}`)).headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment;/) as string,
    'x-content-type-options': 'nosniff',
  })
  expect((await b.get('enterprise', `/files/${id}/thumb`)).statusCode).toBe(404)
})

@Resolver()
class Hazards {
  @Query(() => [Hazard])
  hazards(@Ctx() { em }: Context): Promise<Hazard[]> {
    return em.find(Hazard, {})
  }
}

test('the photos of all hazards of an answer come in one statement, to who may see the hazard', async () => {
  const schema = attachRelations(buildSchemaSync({ resolvers: [Hazards, HazardPhotosResolver], validate: false }))
  const id = await upload('village')
  await attach('village', [id], AttachmentPurpose.AFTER, 7)
  const ask = async (who: string) => {
    const context = b.context(b.people[who])
    const statements: string[] = []
    const all = context.reader.all.bind(context.reader)
    context.reader = { ...context.reader, engine: context.reader.engine, all: (sql, params) => (statements.push(sql), all(sql, params)) }
    const source = '{ a: hazards { photos { id purpose round name url thumb width version createdAt uploadedBy } } b: hazards { photos { id } } }'
    const answer = await graphql({ schema, source, contextValue: context })
    return { ...answer, statements: statements.length }
  }
  const { data, errors, statements } = await ask('enterprise')
  expect(errors).toBeUndefined()
  expect(statements).toBe(1)
  const photos = (data as unknown as { a: { photos: Record<string, unknown>[] }[] }).a[0]!.photos
  expect(photos.at(-1)).toMatchObject({
    id,
    purpose: 'AFTER',
    round: 7,
    name: '现场 (1).jpg',
    url: `/files/${id}`,
    thumb: `/files/${id}/thumb`,
    width: 800,
    uploadedBy: b.people['village']!.id,
  })
  expect((await ask('otherVillage')).data).toEqual({ a: [], b: [] })
})

test('what nobody used after a day goes with its bytes; what is used or still fresh stays', async () => {
  const [forgotten, used, twin] = [await upload('village'), await upload('village'), await upload('village')]
  await attach('village', [used])
  const sha = await shaOf(forgotten)
  const inTwoDays = new Date(Date.now() + 48 * 3_600_000)
  // Past the log: no act moves when a record began.
  await b.act(undefined, ({ em }) => run(em, 'update attachment set created_at = ? where id = ?', [inTwoDays.toISOString(), twin]))
  expect(await shaOf(used)).not.toBe(sha)
  const cleared = await clearUnattached(b.context(undefined, inTwoDays), b.store.reader, b.files)
  expect(cleared.records).toBeGreaterThan(0)
  expect((await b.get('village', `/files/${forgotten}`)).statusCode).toBe(404)
  expect(await b.files.has(sha)).toBe(false)
  for (const id of [used, twin]) expect((await b.get('village', `/files/${id}`)).statusCode).toBe(200)
  const [removal] = await b.store.reader.all('select actor, diff from change where record = ? and act = ?', [forgotten, 'fileClear'])
  expect(removal).toMatchObject({ actor: 'system' })
  expect(JSON.parse(removal!['diff'] as string)).toMatchObject({ sha256: [sha, null], name: ['•', null] })
})

test('two who send the same picture share its bytes, and one of them going takes nothing from the other', async () => {
  const same = await jpeg('#abc')
  const send = async (who: string) => ((await b.send(who, [{ name: 'a.jpg', bytes: same }])).json() as { files: { id: string }[] }).files[0]!.id
  const [gone, kept] = [await send('village'), await send('town')]
  expect(await shaOf(gone)).toBe(await shaOf(kept))
  await attach('town', [kept])
  await clearUnattached(b.context(undefined, new Date(Date.now() + 48 * 3_600_000)), b.store.reader, b.files)
  const stored = await b.files.stream(await shaOf(kept))
  expect(nameOf(await buffer(stored!.body))).toBe(await shaOf(kept))
})
