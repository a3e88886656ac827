import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../shared/context.js'
import type { ListField } from '../shared/read/listField.js'
import { Certificate, CertificateFacts } from './certificate.entity.js'
import { needNoIdNumber } from './idNumber.js'
import { correct, enter, withdraw } from './recordActs.js'
import { dossierReader } from './rights.js'

export const CERTIFICATES: ListField = {
  name: 'certificates',
  target: Certificate,
  description: '证照；证号只显示后四位',
  who: dossierReader,
  fallback: [{ field: 'validUntil', dir: 'DESC' }],
}

/** What is entered of certificates. */
@Resolver(() => Certificate)
export class CertificateResolver {
  @Mutation(() => Certificate, { description: '登记证照' })
  certificateEnter(
    @Ctx() context: Context,
    @Arg('enterprise', () => ID) enterprise: string,
    @Arg('facts', () => CertificateFacts as never) facts: CertificateFacts,
    @Arg('number', () => String, { nullable: true, description: '证号；不写身份证号' }) number?: string,
    @Arg('holderName', () => String, { nullable: true }) holderName?: string,
  ): Promise<Certificate> {
    return enter(context, 'certificateEnter', Certificate, enterprise, facts, (record) => takePersonal(record, { number, holderName }))
  }

  @Mutation(() => Certificate, { description: '更正证照' })
  certificateCorrect(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('facts', () => CertificateFacts as never) facts: CertificateFacts,
    @Arg('number', () => String, { nullable: true, description: '证号；不写身份证号' }) number?: string,
    @Arg('holderName', () => String, { nullable: true }) holderName?: string,
  ): Promise<Certificate> {
    return correct(context, 'certificateCorrect', Certificate, { id, version }, facts, (record) => takePersonal(record, { number, holderName }))
  }

  @Mutation(() => Certificate, { description: '作废证照，写明原因' })
  certificateVoid(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('reason', () => String) reason: string,
  ): Promise<Certificate> {
    return withdraw(context, 'certificateVoid', Certificate, { id, version, reason })
  }
}

/** Left out is unchanged, blank is cleared; neither ever stands in the log in clear. */
function takePersonal(record: Certificate, typed: { number?: string | undefined; holderName?: string | undefined }): void {
  for (const field of ['number', 'holderName'] as const) {
    const said = typed[field]?.trim()
    if (said === undefined) continue
    needNoIdNumber(said, field)
    if (said) record[field] = said
    else delete record[field]
  }
}
