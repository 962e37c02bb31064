import type { LanguageModelUsage, ProviderMetadata } from 'ai'
import { Decimal } from 'decimal.js'
import type { ChatAnswer } from '#contracts/chat.ts'

/** What the calls of one answer took together. */
export interface UsageSum {
  add(usage: LanguageModelUsage, metadata: ProviderMetadata | undefined): void
  tokens(): number
  total(): ChatAnswer['usage']
}

export function createUsageSum(): UsageSum {
  let input = 0
  let output = 0
  let cost = new Decimal(0)
  return {
    add({ inputTokens = 0, outputTokens = 0 }, metadata) {
      input += inputTokens
      output += outputTokens
      const dollars = metadata?.chatsg?.costUsd
      // Of a model whose price is not known there is none.
      if (typeof dollars === 'string') cost = cost.plus(dollars)
    },
    tokens: () => input + output,
    total: () => ({ inputTokens: input, outputTokens: output, costUsd: cost.toFixed() }),
  }
}
