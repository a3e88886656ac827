import { fileResolver } from '../attachment/fileResolver.js'
import { Letter } from './letter.entity.js'
import { LetterCopy } from './letterCopy.entity.js'

/** The signed paper and the drawn signature; the photo of the notice board. */
export const LetterFilesResolver = fileResolver(Letter)
export const LetterCopyFilesResolver = fileResolver(LetterCopy)
