import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, fetch as fetchThrough, request } from 'undici'
import { listen, nothingHeard } from './streams-process.ts'
import { wordsOf } from './streams-words.ts'

/** Requests over connections that are kept, at a steady rate, until told to stop. */
export function startLoad(url: string, headers: Record<string, string>, perSecond: number) {
  const agent = new Agent({ connections: 50, keepAliveTimeout: 30_000, pipelining: 1 })
  const failures: string[] = []
  const pending = new Set<Promise<void>>()
  let served = 0
  const timer = setInterval(() => {
    const one = request(`${url}/api/crm/contacts?limit=5`, { dispatcher: agent, headers })
      .then(async ({ statusCode, body }) => {
        await body.text()
        served += 1
        if (statusCode !== 200) failures.push(`status ${statusCode}`)
      })
      .catch((error: Error) => void failures.push(error.message))
      .finally(() => pending.delete(one))
    pending.add(one)
  }, 1000 / perSecond)
  return {
    failures,
    served: () => served,
    async stop() {
      clearInterval(timer)
      await Promise.all(pending)
      await agent.close()
    },
  }
}

/** Answers of a model that are read while they are written, so many at once and one after the other, until told to stop. */
export function startTalks(url: string, keys: readonly string[], atOnce: number, words: number) {
  // A connection for each: what is measured is whether an answer survives, not whether it waits.
  const agent = new Agent({ keepAliveTimeout: 30_000, pipelining: 1 })
  const broken: string[] = []
  let whole = 0
  let isOver = false
  async function talk(talker: number) {
    for (let turn = 0; !isOver; turn += 1) {
      const heard = nothingHeard()
      try {
        const response = (await fetchThrough(`${url}/api/chat/stream`, {
          method: 'POST',
          headers: { authorization: `Bearer ${keys[talker % keys.length]}`, 'content-type': 'application/json' },
          body: JSON.stringify({ message: `/creative ${words} words for talker ${talker} in turn ${turn}` }),
          dispatcher: agent,
        })) as unknown as Response
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
        await listen(response, heard)
        if (heard.end === 'finish' && heard.starts === 1 && heard.text === wordsOf(String(words)).join('')) whole += 1
        else broken.push(`${heard.end} after ${heard.text.length} characters: ${heard.text.slice(-100)}`)
      } catch (error) {
        broken.push(String((error as Error).cause ?? error))
        await sleep(200)
      }
    }
  }
  const talks = Array.from({ length: atOnce }, (_, talker) => talk(talker))
  return {
    broken,
    whole: () => whole,
    async stop() {
      isOver = true
      await Promise.all(talks)
      await agent.close()
    },
  }
}
