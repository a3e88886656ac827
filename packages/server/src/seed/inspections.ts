import { ref } from '@mikro-orm/core'
import { CardSession, PostCard } from '../card/postCard.entity.js'
import { Checklist } from '../checklist/checklist.entity.js'
import { ChecklistLevel } from '../checklist/terms.js'
import { Post } from '../enterprise/workshop.entity.js'
import { Check, CheckResult, Signature } from '../inspection/check.entity.js'
import { CheckTask } from '../inspection/checkTask.entity.js'
import { Clearance } from '../inspection/clearance.entity.js'
import { Routine, Stoppage } from '../inspection/routine.entity.js'
import { hashPassword } from '../person/password.js'
import { linkedId } from '../shared/datum.js'
import { addDays, dayOf, instant } from '../shared/days.js'
import type { Chapter, Told } from './chapters.js'
import { plain } from './plain.js'
import { Random } from './random.js'
import { Clearing } from './clearing.js'
import { Checking } from './checking.js'

/** Printed with the demo accounts: one card that opens with its PIN. */
let note = ''
export const cardNote = (): string => note

/** 检查 of a year: due tasks done, late and missed; visits that found the hazards of the ledger; cards, clearances. */
export const INSPECTIONS: Chapter = {
  things: [Routine, Stoppage, CheckTask, Check, CheckResult, Signature, Clearance, PostCard, CardSession],
  async tell(told) {
    const random = new Random('anbiao checks')
    new Checking(told, random).tell()
    new Clearing(told, random).tell()
    await cards(told, random)
  },
}

/** Every post of the enterprises that are shown around has a card; one of them a PIN. */
async function cards({ world: { chronicle }, firms, now }: Told, random: Random): Promise<void> {
  note = ''
  const lists = chronicle.all(Checklist).filter(({ level }) => level === ChecklistLevel.POST)
  const posts = chronicle.all(Post)
  for (const { enterprise, crew } of firms.filter(({ crew }) => crew.workshop)) {
    const by = crew.principal.asActor()
    const at = new Date(now.getTime() - 40 * 86_400_000)
    for (const post of posts.filter((one) => linkedId(one.enterprise) === enterprise.id && lists.some((list) => linkedId(list.post) === one.id))) {
      const token = random.id(at.getTime()).replaceAll('-', '').slice(8, 30)
      const place = { enterprise: ref(enterprise), division: enterprise.division, ...(enterprise.station ? { station: enterprise.station } : {}) }
      const card = Object.assign(new (plain(PostCard))(), {
        ...{ id: random.id(at.getTime()), ...place, unit: post.unit, post: ref(post), workshop: post.workshop, token, pinEdition: 0 },
      })
      chronicle.add(card, { act: 'cardsIssue', by, at })
      if (note) continue
      const pin = String(random.whole(100_000, 999_999))
      const pinHash = await hashPassword(pin)
      const set = new Date(now.getTime() - 3_600_000)
      chronicle.change(card, { act: 'cardPinRenew', by, at: set }, () =>
        Object.assign(card, { pinHash, pinEdition: 1, pinSetAt: instant(set), pinExpiresOn: addDays(dayOf(set), 90) }),
      )
      note = `  岗位卡片：/card/${token}  口令 ${pin}（${enterprise.name} ${post.workshop} ${post.name}）\n`
    }
  }
}
