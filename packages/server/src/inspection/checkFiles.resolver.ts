import { fileResolver } from '../attachment/fileResolver.js'
import { CheckResult, Signature } from './check.entity.js'

/** The photos of an answer, the picture of a signature. */
export const CheckFilesResolver = fileResolver(CheckResult)
export const SignatureFilesResolver = fileResolver(Signature)
