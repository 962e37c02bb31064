import type { LanguageModelV4, LanguageModelV4Content, LanguageModelV4StreamPart } from '@ai-sdk/provider'

type Finish = Extract<LanguageModelV4StreamPart, { type: 'finish' }>

export interface Listener {
  /** What the model answers is left unread until then. */
  mayBegin?: Promise<unknown> | undefined
  /** Takes words as they come. */
  onText(text: string): void
  /** A call of the model is over, well or not. */
  onFinish(finish: Finish): void
}

/**
 * A model whose whole answers are streamed, and told while they come. The AI SDK's loop over streams would pass each word through
 * several streams of its own, which takes most of the time and memory of an answer; its loop over whole answers does the same with none.
 */
export function createSpeakingModel(model: LanguageModelV4, { mayBegin, onText, onFinish }: Listener): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doStream: (options) => model.doStream(options),
    async doGenerate(options) {
      const { stream, response } = await model.doStream(options)
      await mayBegin
      const content: LanguageModelV4Content[] = []
      let finish: Finish | undefined
      let failure: { error: unknown } | undefined
      const reader = stream.getReader()
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        const part = next.value
        if (part.type === 'text-delta') {
          add(content, 'text', part.delta)
          onText(part.delta)
        } else if (part.type === 'reasoning-delta') add(content, 'reasoning', part.delta)
        else if (part.type === 'tool-call') content.push(part)
        else if (part.type === 'error') failure ??= { error: part.error }
        else if (part.type === 'finish') finish = part
      }
      if (finish !== undefined) onFinish(finish)
      // Of what broke off no tool is called; its words were told.
      if (failure !== undefined) throw failure.error
      if (finish === undefined) throw new Error('The stream ended without a finish reason')
      const { finishReason, usage, providerMetadata } = finish
      return {
        content,
        finishReason,
        usage,
        warnings: [],
        ...(providerMetadata === undefined ? {} : { providerMetadata }),
        ...(response?.headers === undefined ? {} : { response: { headers: response.headers } }),
      }
    },
  }
}

function add(content: LanguageModelV4Content[], type: 'text' | 'reasoning', delta: string): void {
  const last = content.at(-1)
  if (last?.type === type) last.text += delta
  else content.push({ type, text: delta })
}
