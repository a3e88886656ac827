import { say } from '../shared/notices'
import { words } from '../shared/words'

/** Over plain http, as in a town's own network, browsers keep the clipboard shut; the old way still works there. */
export async function copyText(text: string): Promise<void> {
  const { t } = words.global
  const done = await (navigator.clipboard as Clipboard | undefined)?.writeText(text).then(
    () => true,
    () => false,
  )
  if (done || copyBySelection(text)) say.done(t('question.copied'))
  else say.note(t('question.copyYourself'))
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement
  const area = Object.assign(document.createElement('textarea'), { value: text, readOnly: true })
  area.style.cssText = 'position:fixed;opacity:0'
  // Within an open dialog, which keeps the focus to itself.
  const home = before?.closest('[role=dialog]') ?? document.body
  home.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
