import { join } from 'node:path'
import { test } from 'node:test'
import { RuleTester } from 'eslint'
import { direction } from './direction.mjs'
import { SERVER, WEB } from './layers.mjs'

const root = join(import.meta.dirname, 'src')
const tester = new RuleTester()
const inServer = (file, code) => ({ filename: join(root, file), code, options: [{ root, ...SERVER }] })
const inWeb = (file, code) => ({ filename: join(root, file), code, options: [{ root, ...WEB }] })
const wrong = (one, messageId) => ({ ...one, errors: [{ messageId }] })

test('imports go shared ← domain ← statistics, ledger ← board ← app', () => {
  tester.run('direction', direction, {
    valid: [
      inServer('hazard/close.ts', "import { Refusal } from '../shared/refusal.js'"),
      inServer('hazard/close.ts', "import { NEXT } from './rules.js'"),
      inServer('hazard/close.ts', "import pg from 'pg'"),
      inServer('statistics/figures.ts', "import { NEXT } from '../hazard/rules.js'"),
      inServer('board/visit.ts', "import { figures } from '../statistics/figures.js'"),
      inServer('seed/town.ts', "import { openStore } from '../store.js'"),
      inServer('main.ts', "import { Board } from './board/board.js'; import { openStore } from './store.js'"),
      inServer('shared/read/list.ts', "import { days } from '../days.js'"),
    ],
    invalid: [
      wrong(inServer('shared/log.ts', "import { Hazard } from '../hazard/hazard.entity.js'"), 'upward'),
      wrong(inServer('shared/read/list.ts', "import { Hazard } from '../../hazard/hazard.entity.js'"), 'upward'),
      wrong(inServer('hazard/close.ts', "import { figures } from '../statistics/figures.js'"), 'upward'),
      wrong(inServer('hazard/close.ts', "import { openStore } from '../store.js'"), 'upward'),
      wrong(inServer('statistics/figures.ts', "import { Board } from '../board/board.js'"), 'upward'),
      wrong(inServer('store.ts', "import { app } from './app.js'"), 'upward'),
    ],
  })
})

test('a domain reaches another only through its entity on the server, a .vue on the web', () => {
  tester.run('direction', direction, {
    valid: [
      inServer('hazard/close.ts', "import { Enterprise } from '../enterprise/enterprise.entity.js'"),
      inWeb('hazard/HazardPage.vue', "import EnterprisePicker from '../enterprise/EnterprisePicker.vue'"),
      inWeb('hazard/routes.ts', "const page = () => import('./HazardPage.vue')"),
      inWeb('shell/Menu.vue', "import { signOut } from '../person/signIn'"),
    ],
    invalid: [
      wrong(inServer('hazard/close.ts', "import { rate } from '../enterprise/rate.js'"), 'door'),
      wrong(inServer('hazard/close.ts', "export { rate } from '../enterprise/rate.js'"), 'door'),
      wrong(inWeb('hazard/HazardPage.vue', "import { find } from '../enterprise/find'"), 'door'),
      wrong(inWeb('hazard/routes.ts', "const page = () => import('../enterprise/find')"), 'door'),
      wrong(inWeb('shared/useAct.ts', "import HazardRow from '../hazard/HazardRow.vue'"), 'upward'),
    ],
  })
})
