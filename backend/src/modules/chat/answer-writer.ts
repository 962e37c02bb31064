import type { AnswerMetadata, ChatAnswer } from '#contracts/chat.ts'
import { partChunks } from './answer-chunks.ts'
import type { AnswerLog } from './answer-log.ts'

/** Writes one answer into its log in the order that AI SDK clients expect. */
export interface AnswerWriter {
  /** What was said before the whole answer was there. */
  said(): string
  say(text: string): void
  /** The whole answer; its text begins with what was said. */
  finish(answer: ChatAnswer): void
  stop(processingTime: number): void
  fail(sentence: string, processingTime: number): void
}

/** @param identity who is expected to answer; `finish` corrects it */
export function createAnswerWriter(log: AnswerLog, identity: AnswerMetadata): AnswerWriter {
  let said = ''
  log.write({ type: 'start', messageId: identity.messageId, messageMetadata: identity })

  function breakOff(status: 'stopped' | 'failed', processingTime: number) {
    if (said !== '') log.write({ type: 'text-end', id: 'text-0' })
    log.write({ type: 'message-metadata', messageMetadata: { status, processingTime } })
  }

  return {
    said: () => said,
    say(text) {
      if (text === '') return
      if (said === '') log.write({ type: 'text-start', id: 'text-0' })
      said += text
      log.write({ type: 'text-delta', id: 'text-0', delta: text })
    },
    finish({ agent, routing = identity.routing, answeredBy, language, parts, citations, coverage, usage, processingTime }) {
      const told = language === undefined ? {} : { language }
      if (agent !== identity.agent || routing !== identity.routing) log.write({ type: 'message-metadata', messageMetadata: { agent, routing } })
      log.writeLater(partChunks(parts, said.length))
      log.writeLater([
        {
          type: 'finish',
          finishReason: 'stop',
          messageMetadata: { ...identity, agent, routing, answeredBy, ...told, status: 'done', citations, coverage, usage, processingTime },
        },
      ])
    },
    stop(processingTime) {
      breakOff('stopped', processingTime)
      log.write({ type: 'abort', reason: 'stopped' })
    },
    fail(sentence, processingTime) {
      breakOff('failed', processingTime)
      log.write({ type: 'error', errorText: sentence })
    },
  }
}
