const LONGEST = 1600
const QUALITY = 0.82

/** A phone's photo has ten times the pixels a hazard needs; on a village's line that is the difference between sent and given up. */
export async function shrink(photo: File): Promise<Blob> {
  if (!photo.type.startsWith('image/')) return photo
  const picture = await createImageBitmap(photo, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (!picture) return photo
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  return small ?? photo
}
