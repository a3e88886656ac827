const packages = (...names: string[]) => `node_modules/(${names.join('|')})/`
const kit = (...parts: string[]) => `node_modules/element-plus/es/components/(${parts.join('|')})/`
const any = (...patterns: string[]) => new RegExp(patterns.join('|'))

/**
 * Few files, each asked for when its kind of work begins: an office line has 40 ms to the server, and every further file is
 * another wait. The sign-in page takes `base` and `first`, whoever is signed in `work`; forms, trees, dates and pictures
 * follow with the first page that has them. A group takes along what it needs and no group before it has.
 */
export const chunks = [
  { name: 'words-zh', test: /src\/i18n\/zh\/(?!shell|person|shared|refusal)/, priority: 90 },
  { name: 'words-en', test: /src\/i18n\/en\//, priority: 90 },
  { name: 'base', tags: ['$initial' as const], test: /node_modules/, priority: 80 },
  { name: 'first', tags: ['$initial' as const], priority: 70 },
  { name: 'door', test: /src\/(shared\/ProductMark|person\/(wayBack|SignIn))/, priority: 65 },
  // Behind a QR code on a wall, on a stranger's phone: it takes along nothing of the office's work.
  {
    name: 'outside',
    test: any(
      'src/public/(FormPage|StatusPage|PublicFrame|PhotoShots|ReceiptPanel|ContactFields|work|sha256|draft|sendReport)',
      'src/shared/photo/shrink',
      '~icons/lucide/(camera|x)$',
    ),
    priority: 62,
  },
  {
    name: 'work',
    test: any(
      kit('button', 'dialog', 'dropdown', 'popover', 'checkbox', 'select', 'option', 'input'),
      packages('@tanstack', '@urql/exchange-graphcache', 'lodash-es', 'element-plus/es/(utils|hooks|constants|directives)'),
      'src/shell/(?!.*Page|MenuDrawer)',
      'src/shared/(grid|show|place/(use|Place))',
      'src/shared/(form/([Ss]earch|DayRange\\.vue)|PageState|EmptyState|ErrorState|LoadingState|usePage|useList|useAct|live|cachedGraph)',
    ),
    priority: 60,
  },
  { name: 'radio', test: any(kit('radio')), priority: 55 },
  { name: 'forms', test: any(kit('form', 'input-number', 'switch'), 'src/shared/form/(Fact|fact|rules)'), priority: 50 },
  { name: 'trees', test: any(kit('cascader', 'cascader-panel', 'tree', 'tree-select')), priority: 40 },
  {
    name: 'dates',
    test: any(kit('date-picker', 'date-picker-panel', 'time-picker', 'time-select'), packages('dayjs'), 'src/shared/form/DayRangePicker'),
    priority: 30,
  },
  { name: 'pictures', test: any(kit('image', 'image-viewer'), 'src/shared/photo/'), priority: 20 },
]
