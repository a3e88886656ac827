import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../config.js'
import { hashPassword, oncePassword } from '../person/password.js'
import { Person } from '../person/person.entity.js'
import { act, type Acting } from '../shared/act.js'
import { takeTurn } from '../shared/job.entity.js'
import type { Store } from '../store.js'
import { Accounts } from './people.js'
import { Random } from './random.js'
import { addReference } from './reference.js'
import { adminOf } from './settle.js'
import { demoTowns } from './demoTowns.js'

const SILENT_MS = 60_000
const AGAIN_MS = 250

/** Fills an empty store with what SEED says and gives the accounts to print; a store with accounts only gets reference data it lacks. */
export function prepareTown(store: Store, config: Config, now = new Date()): Promise<string | undefined> {
  const prepare = () => prepared(store, config, now)
  return store.engine === 'postgres' ? oneAfterAnother(store, prepare) : prepare()
}

/** Processes that start together on one database: the first fills it, the others find it filled. */
async function oneAfterAnother<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const holder = randomUUID()
  for (;;) {
    const turn = await takeTurn(store.em(undefined), 'prepare', holder, SILENT_MS, () => new Date())
    if (turn) {
      const beat = setInterval(() => void turn.keep().catch(() => undefined), SILENT_MS / 6)
      try {
        return await work()
      } finally {
        clearInterval(beat)
        await turn.end()
      }
    }
    await pause(AGAIN_MS)
  }
}

async function prepared(store: Store, config: Config, now: Date): Promise<string | undefined> {
  const acting: Acting = { em: store.em(undefined), actor: undefined, now, request: randomUUID() }
  const [settled] = await store.reader.all('select id from person limit 1')
  if (settled) return void (await addReference(acting))
  const password = config.demoPassword ?? oncePassword()
  const passwordHash = await hashPassword(password)
  const told = config.demoPassword ? 'DEMO_PASSWORD 所设的那个' : password
  if (config.seed === 'demo') return demoTowns(store, config, acting, passwordHash, told)
  await addReference(acting)
  const admin = Object.assign(new Person(), adminOf(new Accounts(passwordHash, new Random(randomUUID()), now.getTime())))
  admin.mustChangePassword = true
  await act(acting, 'accountCreate', ({ em }) => Promise.resolve(void em.persist(admin)))
  return `\n管理员账号 admin，密码 ${told}（首次登录须修改）\n`
}
