import type { ModelCall } from '#backend/infra/models/model-call.ts'
import { Counter, Histogram, type Registry } from './prometheus.ts'

export type ObservedModelCall = Pick<ModelCall, 'provider' | 'model' | 'outcome' | 'tokens' | 'costUsd' | 'firstTokenMs'>

const firstTokenBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60]

/** Figures of language models; names of models come from the configuration alone, so they are few. */
export function addModelMetrics(registers: Registry[]): (call: ObservedModelCall) => void {
  const requests = new Counter({
    name: 'llm_requests_total',
    help: 'Calls of language models, by how they ended.',
    labelNames: ['provider', 'model', 'outcome'],
    registers,
  })
  const tokens = new Counter({
    name: 'llm_tokens_total',
    help: 'Tokens sent to language models (input, of which cached) and received (output).',
    labelNames: ['direction'],
    registers,
  })
  const cost = new Counter({ name: 'llm_cost_usd_total', help: 'What calls of language models cost, in US dollars, as far as prices are known.', registers })
  const firstToken = new Histogram({
    name: 'llm_time_to_first_token_seconds',
    help: 'Seconds until the answer of a language model began, waits and repeated tries included.',
    labelNames: ['provider', 'model'],
    buckets: firstTokenBuckets,
    registers,
  })
  return ({ provider, model, outcome, tokens: { input, cached, output }, costUsd, firstTokenMs }) => {
    requests.inc({ provider, model, outcome })
    tokens.inc({ direction: 'input' }, input)
    tokens.inc({ direction: 'cached' }, cached)
    tokens.inc({ direction: 'output' }, output)
    cost.inc(Number(costUsd ?? 0))
    if (firstTokenMs !== null) firstToken.observe({ provider, model }, firstTokenMs / 1000)
  }
}
