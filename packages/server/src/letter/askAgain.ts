import { randomUUID } from 'node:crypto'
import { Enterprise } from '../enterprise/enterprise.entity.js'
import { followEnterprise } from '../enterprise/following.js'
import { act, type Act, type Acting } from '../shared/act.js'
import type { Reader } from '../shared/read/reader.js'
import { Letter } from './letter.entity.js'
import { LetterKind, LIVE } from './terms.js'

/** In the act that changed the enterprise: its commitments in force are asked for again, where name or legal representative differ. */
export async function askAgain({ em }: Pick<Act, 'em'>, firm: Pick<Enterprise, 'id' | 'name' | 'legalRep'>): Promise<void> {
  const found = await em.find(Letter, { enterprise: firm.id, kind: LetterKind.COMMITMENT, stage: { $in: [...LIVE] }, resign: false })
  for (const letter of found) letter.askAgain(firm)
}

followEnterprise(askAgain)

/** Once a day, for what changed on another way (a ledger): the same rule over all. */
export async function askAllAgain(acting: () => Acting, reader: Reader): Promise<number> {
  const rows = await reader.all(
    `select l.enterprise_id as id from letter l join enterprise e on e.id = l.enterprise_id where l.kind = 'COMMITMENT' and l.stage in ('ISSUED', 'DELIVERED', 'COMPLETE')
    and not l.resign and (e.name <> l.recipient or coalesce(e.legal_rep, '') <> coalesce(l.legal_rep, ''))`,
    [],
  )
  for (const { id } of rows) {
    const job = { ...acting(), request: randomUUID() }
    await act(job, 'letterAskAgain', async (doing) => {
      const firm = await doing.em.findOne(Enterprise, { id: id as string })
      if (firm) await askAgain(doing, firm)
    })
  }
  return rows.length
}
