import type { LanguageModelV4CallOptions, LanguageModelV4Usage } from '@ai-sdk/provider'
import type { TokenCounts } from './model-call.ts'

/** Characters to a token, for servers that do not count: about right for English, and JSON has fewer. */
const charactersPerToken = 4
/** What a message costs besides its words. */
const tokensPerMessage = 4

export function estimateTokens(characters: number): number {
  return Math.ceil(characters / charactersPerToken)
}

/** Tokens of a prompt and its tools, estimated. */
export function estimateInput({ prompt, tools }: LanguageModelV4CallOptions): number {
  let characters = 0
  for (const { content } of prompt) {
    if (typeof content === 'string') characters += content.length
    else for (const part of content) characters += part.type === 'text' || part.type === 'reasoning' ? part.text.length : JSON.stringify(part).length
  }
  for (const tool of tools ?? []) characters += JSON.stringify(tool).length
  return estimateTokens(characters) + prompt.length * tokensPerMessage
}

/** What the provider counted, or undefined when it told none. */
export function countedTokens({ inputTokens, outputTokens }: LanguageModelV4Usage): TokenCounts | undefined {
  const input = inputTokens.total
  const output = outputTokens.total
  // Servers that do not count tell nothing, or nought of both.
  if (input === undefined || output === undefined || input + output === 0) return undefined
  return { input, cached: Math.min(input, inputTokens.cacheRead ?? 0), output }
}

/** Counts in the form in which providers tell them. */
export function toUsage({ input, cached, output }: TokenCounts): LanguageModelV4Usage {
  return {
    inputTokens: { total: input, noCache: input - cached, cacheRead: cached, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
  }
}
