/** The kinds of records and the acts that the log can be searched for. */
export const THINGS = [
  'Hazard',
  'Extension',
  'Enterprise',
  'Attachment',
  'Person',
  'Session',
  'Division',
  'Station',
  'Setting',
  'Criterion',
  'BoardLink',
  'Reminder',
] as const

export const ACTS = [
  ...['signIn', 'signOut', 'sessionRevoke', 'passwordChange', 'passwordReset', 'accountCreate', 'accountEdit', 'accountDisable', 'accountEnable'],
  ...['hazardReport', 'hazardRegister', 'hazardRegrade', 'hazardNotify', 'hazardAssign', 'hazardPlan', 'hazardApprovePlan', 'hazardAccept', 'hazardSubmit'],
  ...[
    'hazardFixOnSpot',
    'hazardClose',
    'hazardReturn',
    'hazardUrge',
    'hazardTransfer',
    'hazardVoid',
    'hazardList',
    'extensionAsk',
    'extensionDecide',
    'escalate',
  ],
  ...['enterpriseCreate', 'enterpriseEdit', 'enterpriseMove', 'enterpriseClose', 'enterpriseReopen', 'enterpriseReveal', 'fileUpload', 'fileClear'],
  ...['divisionCreate', 'divisionRename', 'divisionEnd', 'divisionReopen', 'stationCreate', 'stationEdit', 'stationEnd', 'stationReopen'],
  ...['settingChange', 'boardLinkCreate', 'boardLinkRevoke', 'ledgerEnterprises', 'ledgerHazards', 'referenceLoad', 'seed'],
] as const
