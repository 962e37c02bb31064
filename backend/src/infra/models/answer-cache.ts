import { createHash } from 'node:crypto'
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { LRUCache } from 'lru-cache'
import { type Actor, actorId, seesEverything } from '#backend/kernel/actor.ts'
import type { ModelAnswer } from './answer.ts'
import type { ModelCaller } from './model-call.ts'

export interface AnswerCacheOptions {
  /** The state of the records that the actor's workspace is in; undefined when that cannot be said. */
  dataVersion: (actor: Actor) => Promise<number | undefined>
  /** Characters kept in all. */
  maxSize?: number
}

export interface AnswerCache {
  /** A place for the answer to this call, or undefined when its answers differ from time to time. */
  look(caller: ModelCaller, model: string, options: LanguageModelV4CallOptions): AnswerPlace | undefined
}

export interface AnswerPlace {
  /** What was answered to the same prompt of somebody with the same rights, while no record has changed since. */
  find(): Promise<ModelAnswer | undefined>
  keep(answer: ModelAnswer): void
}

/** Above it a model is wanted to vary. */
const steadyTemperature = 0.3
const hourMs = 3_600_000

/** Answers to prompts that were asked before, in this process. */
export function createAnswerCache({ dataVersion, maxSize = 8_000_000 }: AnswerCacheOptions): AnswerCache {
  const answers = new LRUCache<string, { answer: ModelAnswer; version: number }>({ maxSize, maxEntrySize: maxSize / 8, ttl: hourMs })
  return {
    look(caller, model, options) {
      if (caller.fresh || options.temperature === undefined || options.temperature > steadyTemperature) return undefined
      const key = keyOf(caller, model, options)
      // Read before the answer is made, so that a change during it makes the answer old.
      let version: Promise<number | undefined> | undefined
      const readVersion = () => {
        version ??= dataVersion(caller.actor).catch(() => undefined)
        return version
      }
      return {
        async find() {
          const known = answers.get(key)
          if (known === undefined) {
            void readVersion()
            return undefined
          }
          return known.version === (await readVersion()) ? known.answer : undefined
        },
        keep(answer) {
          // Whoever reads the marker of another turn could write it.
          if (!isWhole(answer) || (caller.varying !== undefined && JSON.stringify(answer).includes(caller.varying))) return
          void readVersion().then((read) => {
            if (read !== undefined) answers.set(key, { answer, version: read }, { size: key.length + JSON.stringify(answer).length })
          })
        },
      }
    },
  }
}

function isWhole({ content, finishReason }: ModelAnswer): boolean {
  const isEnd = finishReason.unified === 'stop' || finishReason.unified === 'tool-calls'
  return isEnd && content.length > 0 && content.every(({ type }) => type === 'text' || type === 'reasoning' || type === 'tool-call')
}

/** Two people share an answer only when they may see the same, and do the same. */
function keyOf({ actor, purpose, varying }: ModelCaller, model: string, options: LanguageModelV4CallOptions): string {
  const rights = seesEverything(actor) ? 'all' : actorId(actor)
  const may = actor.type === 'user' ? [actor.role, ...(actor.key?.scopes ?? ['all'])] : ['system']
  const { prompt, tools, toolChoice, responseFormat, temperature, maxOutputTokens, stopSequences, topP, topK, seed, reasoning, providerOptions } = options
  const asked = { prompt, tools, toolChoice, responseFormat, temperature, maxOutputTokens, stopSequences, topP, topK, seed, reasoning, providerOptions }
  const text = JSON.stringify([rights, may, purpose, model, asked])
  const same = varying === undefined ? text : text.replaceAll(varying, '')
  const hash = createHash('sha256').update(same).digest('base64url')
  return `${actor.workspaceId} ${hash}`
}
