import type zh from '../zh/analyst'

export default {
  title: 'Analysis: getting started',
  intro:
    'You can question the ledger without writing code; and if you want to write queries, the first one takes five minutes. Both ask the same data, and both see only what lies in your territory.',
  noCode: 'Without code: Ask',
  noCodeHow:
    'Open Ask and choose in turn what it is about, filters, groups and measures; then a table, a pivot or a chart on the right. The answer follows every change. For “overdue hazards and on-time rate by village since 2023”: filter the day found to be no earlier than 2023-01-01, group by village, measure overdue and on-time rate, and choose bars. “The query it wrote” below is what was written for you, and can be changed further in the console.',
  openBuilder: 'Open Ask',
  first: 'The first query in five minutes',
  tryIt: 'Try in the console',
  step: {
    count: 'A query is written in braces, in the shape of what you want. First: how many hazards are there? Open the console, paste this and press Ctrl+Enter.',
    list: 'To see which ones, name the columns under nodes. Ctrl+Space shows what there is.',
    filter: 'where filters: not closed, found since 2023. Conditions beside each other all have to hold.',
    group: 'groups counts: key says by what, figures says which measures. Village, overdue and on-time rate in one go.',
  },
  stepsAfter:
    'Above the answer you can change to a pivot, lines, bars, a pie or the map of villages; once saved, a question can be shared, exported and run at every month end. There are 20 examples, too.',
  surface: 'The language on one page',
  surfaceHint: 'Each of these runs as it stands. The lists of hazards, enterprises, extensions and others are all asked in the same way.',
  row: {
    where: {
      name: 'Filter',
      does: 'Equal eq, not equal ne, one of in, sizes gt gte lt lte, between, contains, empty isNull; put together with and, or, not.',
    },
    linked: { name: 'Filter by what it belongs to', does: 'The enterprise, village or station of a hazard: follow the names, three links far at most.' },
    many: { name: 'Filter by what belongs to it', does: 'some: at least one, none: not one, every: each of them.' },
    manyCounted: { name: 'Filter by how many belong to it', does: 'Counted and compared; sum, avg, min and max work, too.' },
    page: {
      name: 'Order and pages',
      does: 'first says how many, orderBy in which order; for the next page write endCursor into after. Empty values come last.',
    },
    aggregate: { name: 'Totals', does: 'count, sum, avg, min, max, and figures for the measures of rectification; over everything, whatever the page.' },
    groups: { name: 'Groups', does: 'By as many things as stand under key, six at most; along links, too. share is the percentage.' },
    time: {
      name: 'Groups by time',
      does: 'by is DAY, WEEK, MONTH, QUARTER, YEAR, WEEKDAY or PHASE of the campaign, in Beijing time; fill lists months without data, too.',
    },
    having: { name: 'Only groups that count', does: 'having chooses groups by their measures, orderBy orders them.' },
    records: { name: 'Some records of each group', does: 'nodes within a group are its records.' },
    distinct: { name: 'Which values there are', does: 'What has been filled in, and how often; useful before filtering.' },
    asOf: { name: 'Back to a moment', does: 'Changes after asOf do not count: the ledger as it was. In UTC, eight hours behind Beijing.' },
    variables: { name: 'Variables', does: 'Declared at the head of the query, filled in under Variables; in the address of an export they can be changed.' },
  },
  limits: 'Limits',
  limit: {
    page: 'A page of a list has at most 500 rows; at most 1000 groups, by 6 things, in an order of 5.',
    filter: 'Filters are at most 6 levels deep, have 100 conditions, follow 3 links and compare 500 values at a time.',
    cost: 'One query may cost {most}, that is cells to fill; one account may spend {minute} a minute. What it cost stands above the answer, with an explanation.',
    time: 'A query may take 30 seconds. Beyond that narrow the time or the territory, or export.',
    export: 'Exports have no page, but one account can make only 2 at a time.',
    refused: 'When something is too much, the console says what to narrow and marks the place in the query.',
  },
  files: 'Exports, Excel and tokens',
  file: {
    screen: 'Export above the answer gives the complete data, not only the rows in sight. CSV opens in Excel with a double click.',
    saved: 'A saved question has an address of its own: Copy link on its page. It ends in .xlsx, .csv or .json; to change a variable add ?v.name=value.',
    token:
      'Other programs need a token: make one under Tokens, with its territory and last day. It is shown once, can only read, and never sees more than you do; revoke it when it is no longer needed.',
    excel:
      'In Excel: Data → From Web → Advanced; put in the address below, choose the header Authorization and write Bearer, a space and the token. Refresh All then fetches the latest. Or paste this into the advanced editor of a blank query:',
    python: 'With Python:',
    curl: 'On the command line:',
    wps: 'A spreadsheet that cannot send headers: sign in with the browser and open the address, the file is the same.',
  },
  yourToken: 'your-token',
  yourSlug: 'short-name',
  copy: 'Copy',
  openTokens: 'Make a token',
  forAnalysts: 'To question the data by village, month or trade, see',
} satisfies typeof zh
