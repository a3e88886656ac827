import { join } from 'node:path'
import { WrongSetting } from '../shared/settings.js'
import { type Bucket, BucketFiles } from './bucketFiles.js'
import { DiskFiles, type FileStore } from './files.js'

/** The settings that say where. */
export interface FilePlace {
  dataDir: string
  bucket: Bucket | undefined
}

export interface Shelves {
  /** What people have sent. */
  files: FileStore
  /** What was printed for them and may go after a day. */
  papers: FileStore
}

/** Where files lie by the settings: in a folder of this machine, or in a bucket that several processes share. */
export function openFiles({ dataDir, bucket }: FilePlace): Shelves {
  if (bucket) return { files: new BucketFiles(bucket, 'files'), papers: new BucketFiles(bucket, 'papers') }
  return { files: new DiskFiles(join(dataDir, 'files')), papers: new DiskFiles(join(dataDir, 'papers')) }
}

/** Where a paper is written before it has its name; on this machine, whatever keeps it afterwards. */
export const workshopOf = (dataDir: string): string => join(dataDir, 'papers', 'tmp')

/** Wrong settings of a bucket stop the process when it starts, with the store's own words for whoever set them. */
export async function checkBucket({ bucket }: Pick<FilePlace, 'bucket'>): Promise<void> {
  if (!bucket) return
  await new BucketFiles(bucket, 'files').check().catch((error: unknown) => {
    const said = String((error as Error).cause)
    const [, code = ''] = /<Code>(\w+)<\/Code>/.exec(said) ?? []
    const [name, value, wanted] = REFUSED[code] ?? ['S3_URL', bucket.url, `the bucket does not answer as it should: ${said}`]
    throw new WrongSetting(name, value, wanted)
  })
}

/** What a store says of a key it does not like, as the setting to look at; a secret is never told. */
const REFUSED: Record<string, [name: string, value: string, wanted: string]> = {
  SignatureDoesNotMatch: ['S3_SECRET', '…', 'the secret of S3_KEY; the store refuses what was signed with this one (SignatureDoesNotMatch)'],
  InvalidAccessKeyId: ['S3_KEY', '…', 'a key that the store knows (InvalidAccessKeyId)'],
  AccessDenied: ['S3_KEY', '…', 'a key that may list, read, write and delete in the bucket (AccessDenied)'],
  AuthorizationHeaderMalformed: ['S3_REGION', '…', 'the region of the bucket (AuthorizationHeaderMalformed)'],
  RequestTimeTooSkewed: ['S3_URL', '…', 'a store whose clock agrees with that of this machine; set the clock (RequestTimeTooSkewed)'],
}
