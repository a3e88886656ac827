import { words } from './words'

const { t } = words.global

// Loaded on the first notice: the sign-in page opens without them.
const kit = () => import('./notices.kit')

export const say = {
  done: (text: string) => void kit().then(({ ElMessage }) => ElMessage.success({ message: text, grouping: true })),
  refused: (text: string) => void kit().then(({ ElMessage }) => ElMessage.error({ message: text, duration: 6000, showClose: true, grouping: true })),
  note: (text: string) => void kit().then(({ ElMessage }) => ElMessage.info({ message: text, grouping: true })),
}

interface Question {
  title: string
  text: string
  yes?: string
  no?: string
  danger?: boolean
}

/** Resolves to false when the person thinks better of it. */
export async function ask({ title, text, yes, no, danger }: Question): Promise<boolean> {
  const { ElMessageBox } = await kit()
  return ElMessageBox.confirm(text, title, {
    confirmButtonText: yes ?? t('shared.confirm'),
    cancelButtonText: no ?? t('shared.cancel'),
    type: danger ? 'warning' : 'info',
    confirmButtonClass: danger ? 'el-button--danger' : undefined,
    closeOnClickModal: false,
  }).then(
    () => true,
    () => false,
  )
}

/** Asks for a sentence, such as the reason of a return; undefined when the person thinks better of it. */
export async function askReason(title: string, label: string, least = 2): Promise<string | undefined> {
  const { ElMessageBox } = await kit()
  return ElMessageBox.prompt(label, title, {
    confirmButtonText: t('shared.confirm'),
    cancelButtonText: t('shared.cancel'),
    inputType: 'textarea',
    inputValidator: (text) => (text ?? '').trim().length >= least || t('shared.reasonTooShort', { least }),
    closeOnClickModal: false,
  }).then(
    (answer) => ('value' in answer ? answer.value.trim() : undefined),
    () => undefined,
  )
}
