import { Enterprise } from '../enterprise/enterprise.entity.js'
import { moveWith } from '../enterprise/move.js'
import { insertMany } from '../shared/bulk.js'
import { dayOf, instant } from '../shared/days.js'
import type { EnterpriseField } from './enterpriseColumns.js'
import { type EnterpriseSaid, readEnterprise } from './enterpriseRow.js'
import { judgeEnterprises } from './judgeEnterprises.js'
import { eachRow, type Ledger, recordsOf } from './ledger.js'
import { ENTERPRISE_LEDGER } from './shapes.js'
import { placesOf, registerOf } from './town.js'

export const enterpriseLedger: Ledger<EnterpriseField, EnterpriseSaid> = {
  kind: 'enterprises',
  shape: ENTERPRISE_LEDGER,

  async judge(table, { query, town, today, tick }) {
    const places = await placesOf(query, town, today)
    const reads = await eachRow(table.rows, (row) => readEnterprise(row, places), tick)
    const register = await registerOf(
      query,
      town,
      reads.flatMap((read) => read.uscc ?? []),
    )
    return judgeEnterprises(reads, register)
  },

  async write(accepted, { act, now, tick }) {
    const at = { createdAt: instant(now), enteredOn: dayOf(now) }
    await insertMany(
      act,
      'ledgerImport',
      Enterprise,
      accepted.filter((row) => row.outcome === 'created').map((row) => ({ ...row.facts, ...at })),
    )
    const changed = accepted.filter((row) => row.outcome === 'updated')
    const byId = await recordsOf(
      act.em,
      Enterprise,
      changed.map((row) => row.existing!),
    )
    for (const row of changed) {
      const enterprise = byId.get(row.existing!)!
      const { division, station } = enterprise
      enterprise.describe({ ...row.facts, ...(row.facts.uscc ? { noUsccReason: null } : {}) } as never)
      // Its hazards, files and people stand where it stands.
      if (division !== enterprise.division || station !== enterprise.station) await moveWith(act, enterprise, 'ledgerImport')
    }
    await tick(accepted.length)
  },
}
