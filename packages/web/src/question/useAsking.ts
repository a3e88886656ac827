import { ref, shallowRef } from 'vue'
import { type Answer, type Asked, askGraph } from './asking'

/** One question at a time: a new one ends the one before it. */
export function useAsking() {
  const answer = shallowRef<Answer>()
  const asked = shallowRef<Asked>()
  const asking = ref(false)
  let under: AbortController | undefined

  async function ask(question: Asked): Promise<Answer | undefined> {
    under?.abort()
    const own = (under = new AbortController())
    asking.value = true
    try {
      const given = await askGraph(question, own.signal)
      asked.value = question
      answer.value = given
      return given
    } catch {
      return undefined // stopped
    } finally {
      if (under === own) asking.value = false
    }
  }
  function stop(): void {
    under?.abort()
    asking.value = false
  }
  function forget(): void {
    stop()
    answer.value = asked.value = undefined
  }
  return { answer, asked, asking, ask, stop, forget }
}
