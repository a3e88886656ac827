import { words } from '../words'

interface Outcome {
  files?: ({ id: string; name: string } | { message: string })[]
}
export interface SentFile {
  id: string
  name: string
}

/** Sends one file and tells how far it is, from 0 to 1. `fetch` cannot report the progress of an upload. */
export function sendFile(content: Blob, name: string, progress: (done: number) => void, to = '/files'): Promise<SentFile> {
  const form = new FormData()
  form.append('file', content, name)
  return new Promise((sent, failed) => {
    const request = new XMLHttpRequest()
    request.open('POST', to)
    request.responseType = 'json'
    request.setRequestHeader('x-anbiao', 'app')
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0)
    request.onload = () => {
      const first = (request.response as Outcome | null)?.files?.[0]
      if (request.status < 300 && first && 'id' in first) sent(first)
      else failed(new Error(reasonOf(request.response)))
    }
    request.onerror = () => failed(new Error(words.global.t('refusal.NETWORK')))
    request.send(form)
  })
}

function reasonOf(answer: unknown): string {
  if (answer && typeof answer === 'object' && 'message' in answer && typeof answer.message === 'string') return answer.message
  return words.global.t('refusal.INTERNAL')
}
