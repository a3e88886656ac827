import { words } from '../words'

/** Sends one file and tells how far it is, from 0 to 1. `fetch` cannot report the progress of an upload. */
export function sendFile(content: Blob, name: string, progress: (done: number) => void, to = '/files'): Promise<{ id: string }> {
  const form = new FormData()
  form.append('file', content, name)
  return new Promise((sent, failed) => {
    const request = new XMLHttpRequest()
    request.open('POST', to)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0)
    request.onload = () => (request.status < 300 ? sent(request.response as { id: string }) : failed(new Error(reasonOf(request.response))))
    request.onerror = () => failed(new Error(words.global.t('refusal.NETWORK')))
    request.send(form)
  })
}

function reasonOf(answer: unknown): string {
  if (answer && typeof answer === 'object' && 'message' in answer && typeof answer.message === 'string') return answer.message
  return words.global.t('refusal.INTERNAL')
}
