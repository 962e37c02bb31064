import type { LanguageModelV4Content, LanguageModelV4FinishReason, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { newId } from '#backend/kernel/ids.ts'

/** What a model said, whole. */
export interface ModelAnswer {
  content: LanguageModelV4Content[]
  finishReason: LanguageModelV4FinishReason
}

/** Puts the pieces of a streamed answer together. */
export interface AnswerCollector {
  add(part: LanguageModelV4StreamPart): void
  /** Characters that came so far. */
  readonly characters: number
  content(): LanguageModelV4Content[]
}

/** @param keepsContent whether anybody wants more than the number of its characters */
export function createAnswerCollector(keepsContent: boolean): AnswerCollector {
  const content: LanguageModelV4Content[] = []
  let characters = 0
  let pieces: string[] = []
  let open: 'text' | 'reasoning' = 'text'
  const close = () => {
    if (pieces.length > 0) content.push({ type: open, text: pieces.join('') })
    pieces = []
  }
  return {
    get characters() {
      return characters
    },
    add(part) {
      if (part.type === 'text-delta' || part.type === 'reasoning-delta' || part.type === 'tool-input-delta') characters += part.delta.length
      if (!keepsContent) return
      if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
        const type = part.type === 'text-delta' ? 'text' : 'reasoning'
        if (type !== open) close()
        open = type
        pieces.push(part.delta)
      } else if (part.type === 'tool-call') {
        close()
        content.push(part)
      }
    },
    content() {
      close()
      return content
    },
  }
}

/** An answer that is given again: its calls of tools are other calls, so that none is taken for the one before. */
export function repeatAnswer({ content, finishReason }: ModelAnswer): ModelAnswer {
  return { finishReason, content: content.map((part) => (part.type === 'tool-call' ? { ...part, toolCallId: `call_${newId()}` } : part)) }
}

/** The pieces a provider would have streamed, but for the finish. */
export function* toStreamParts({ content }: ModelAnswer): Generator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] }
  for (const [index, part] of content.entries()) {
    const id = String(index)
    if (part.type === 'text' || part.type === 'reasoning') {
      yield { type: `${part.type}-start`, id }
      yield { type: `${part.type}-delta`, id, delta: part.text }
      yield { type: `${part.type}-end`, id }
    } else if (part.type === 'tool-call') {
      yield { type: 'tool-input-start', id: part.toolCallId, toolName: part.toolName }
      yield { type: 'tool-input-delta', id: part.toolCallId, delta: part.input }
      yield { type: 'tool-input-end', id: part.toolCallId }
      yield part
    }
  }
}
