import { say } from '../shared/notices'
import { words } from '../shared/words'

/** Plain http has no clipboard; what is to be copied stands on the screen, to be selected. */
export async function copyText(text: string): Promise<void> {
  const done = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )
  if (done) say.done(words.global.t('question.copied'))
}
