import type { LanguageModelV4StreamPart, LanguageModelV4ToolCall } from '@ai-sdk/provider'
import { newId } from '#backend/kernel/ids.ts'

/** A piece of a tool call, as chat completions tell it. */
export interface ToolCallDelta {
  index?: number | null
  id?: string | null
  function?: { name?: string | null; arguments?: string | null } | null
  extra_content?: { google?: { thought_signature?: string | null } | null } | null
}

interface OpenCall {
  index: number | undefined
  id: string | undefined
  name: string | undefined
  input: string
  /** What Gemini wants to be told again with the call. */
  signature: string | undefined
}

type Tell = (part: LanguageModelV4StreamPart) => void

/** Puts the pieces of tool calls together. @param provider name under which the AI SDK keeps what only the provider understands */
export function createToolCalls(provider: string, tell: Tell) {
  const calls: OpenCall[] = []

  function callOf({ index, id, function: called }: ToolCallDelta): OpenCall {
    const isSame = (call: OpenCall) => !id || call.id === undefined || call.id === id
    // Some servers leave the number out, others give each call the same: what has a name and an id of its own is another call.
    const known = calls.findLast((call) => (index == null ? isSame(call) : call.index === index && (!called?.name || isSame(call))))
    if (known !== undefined) return known
    const begun: OpenCall = { index: index ?? undefined, id: undefined, name: undefined, input: '', signature: undefined }
    calls.push(begun)
    return begun
  }

  return {
    add(delta: ToolCallDelta): void {
      const call = callOf(delta)
      const piece = delta.function?.arguments ?? ''
      const before = call.name
      call.id ??= delta.id || undefined
      call.name ??= delta.function?.name || undefined
      call.signature ??= delta.extra_content?.google?.thought_signature || undefined
      call.input += piece
      if (call.name === undefined) return
      call.id ??= `call_${newId()}`
      if (before === undefined) tell({ type: 'tool-input-start', id: call.id, toolName: call.name })
      // What came before the name goes with it.
      const told = before === undefined ? call.input : piece
      if (told !== '') tell({ type: 'tool-input-delta', id: call.id, delta: told })
    },
    /** Tells the calls themselves, when nothing of them comes any more. */
    end(): void {
      for (const { id, name, input, signature } of calls) {
        if (id === undefined || name === undefined) {
          tell({ type: 'error', error: new Error('A tool call has no name.') })
          continue
        }
        tell({ type: 'tool-input-end', id })
        const call: LanguageModelV4ToolCall = { type: 'tool-call', toolCallId: id, toolName: name, input }
        tell(signature === undefined ? call : { ...call, providerMetadata: { [provider]: { thoughtSignature: signature } } })
      }
    },
  }
}
