/**
 * Who may know whom: a folder may import folders of a lower rank; of a domain beside it only a door. A folder that is not
 * named is a domain.
 */
export const SERVER = {
  ranks: {
    shared: 0,
    migrations: 0,
    paper: 0,
    '*': 1,
    statistics: 2,
    ledger: 2,
    question: 2,
    card: 2,
    board: 3,
    store: 4,
    seed: 5,
    backup: 5,
    '.': 6,
    cli: 7,
    bench: 7,
    testing: 6.5,
  },
  /** Files at the root that are no part of the app: the settings, the list of entities, the store that opens with them, what is reminded of. */
  files: { config: 'store', entities: 'store', reminderSources: 'store', store: 'store' },
  /** What a domain shows to the others: its things, the words they are made of, and the few services that others build on. */
  doors:
    /(\.entity|\/terms|^attachment\/(accept|attach|attachTo|fileResolver|files|owners|ownPage|places|receive)|^enterprise\/(following|standing)|^hazard\/(escalate|found|hazardFacts|load|ofHazardsSeen|raise|recurring|remind|report|rights|rules)|^inspection\/workdays|^person\/(personOf|throttle)|^paper\/.*|^report\/(missing|rights)|^risk\/areaColor|^standard\/(keeping|normText|ruleSets))$/,
  wording: 'through its *.entity, terms or a service named in layers.mjs',
}

export const WEB = {
  ranks: { gql: 0, i18n: 0, shared: 1, '*': 2, statistics: 3, board: 3, home: 4, help: 4, shell: 4, '.': 5, e2e: 6 },
  files: {},
  doors: /\.vue$/,
  wording: 'through a .vue',
}
