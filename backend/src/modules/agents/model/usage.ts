import type { LanguageModelV4Usage, SharedV4ProviderMetadata } from '@ai-sdk/provider'
import { Decimal } from 'decimal.js'
import type { ChatAnswer } from '#contracts/chat.ts'

/** What the calls of one answer took together. */
export interface UsageSum {
  add(usage: LanguageModelV4Usage, metadata: SharedV4ProviderMetadata | undefined): void
  tokens(): number
  total(): ChatAnswer['usage']
}

export function createUsageSum(): UsageSum {
  let input = 0
  let output = 0
  let cost = new Decimal(0)
  return {
    add({ inputTokens, outputTokens }, metadata) {
      input += inputTokens.total ?? 0
      output += outputTokens.total ?? 0
      const dollars = metadata?.chatsg?.costUsd
      // Of a model whose price is not known there is none.
      if (typeof dollars === 'string') cost = cost.plus(dollars)
    },
    tokens: () => input + output,
    total: () => ({ inputTokens: input, outputTokens: output, costUsd: cost.toFixed() }),
  }
}
