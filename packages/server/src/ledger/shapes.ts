import { ENTERPRISE_COLUMNS, type EnterpriseField } from './enterpriseColumns.js'
import { HAZARD_COLUMNS, type HazardField } from './hazardColumns.js'
import type { LedgerShape } from './table.js'

export const ENTERPRISE_LEDGER: LedgerShape<EnterpriseField> = {
  name: '企业台账',
  columns: ENTERPRISE_COLUMNS,
  needs: [['name'], ['village']],
  identity: ['name', 'uscc'],
}

export const HAZARD_LEDGER: LedgerShape<HazardField> = {
  name: '隐患台账',
  columns: HAZARD_COLUMNS,
  needs: [['enterprise', 'uscc'], ['description'], ['foundOn']],
  identity: ['enterprise', 'uscc', 'description'],
}
